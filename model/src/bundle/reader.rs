//! Read a bundle whose files arrive piece by piece: each piece is put where it belongs as it comes, so that a large file
//! is in memory once.

use super::catalogue::Catalogue;
use super::error::{BundleError, BundleErrorKind};
use super::files::Bundle;
use super::item::Item;
use super::manifest::{FileEntry, MANIFEST, Manifest, sha256};
use super::read_weights;
use crate::compact::json::{self, Parse};

/// One of the two files beside the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleFile {
    /// The parameters, in safetensors format.
    Weights,
    /// The items and the evidence candidates, in JSON.
    Catalogue,
}

/// A bundle of which the files are still arriving.
#[derive(Debug)]
pub struct BundleReader {
    manifest: Manifest,
    weights: Buffer,
    catalogue: Buffer,
}

/// As much of a file as has arrived.
#[derive(Debug)]
struct Buffer {
    entry: FileEntry,
    bytes: Vec<u8>,
}

impl Bundle {
    /// Read a bundle from the bytes of its three files.
    ///
    /// # Errors
    /// Names the file, the field and the rule that is broken.
    pub fn read(manifest: &[u8], weights: &[u8], catalogue: &[u8]) -> Result<Self, BundleError> {
        let mut reader = BundleReader::new(Manifest::parse(manifest, json::parse)?)?;
        for (file, content) in [(BundleFile::Weights, weights), (BundleFile::Catalogue, catalogue)] {
            reader.push(file, content)?;
            reader.verify(file, &sha256(content))?;
        }
        let (catalogue, _) = Self::read_catalogue(&reader.manifest().catalogue.file, catalogue)?;
        reader.finish(catalogue, json::parse)
    }

    /// Read a catalogue's bytes, and what people see of its items; `file` is what errors call it.
    ///
    /// # Errors
    /// Names the field and the rule that is broken.
    pub fn read_catalogue(file: &str, bytes: &[u8]) -> Result<(Catalogue, Vec<Item>), BundleError> {
        let json = json::parse(bytes);
        let json = json.map_err(|reason| BundleError::new(file, "JSON", BundleErrorKind::Syntax(reason)))?;
        Catalogue::read(file, &json)
    }
}

impl BundleReader {
    /// A bundle of which only the manifest has arrived.
    ///
    /// # Errors
    /// Where there is no memory for the files that it names.
    pub fn new(manifest: Manifest) -> Result<Self, BundleError> {
        let (weights, catalogue) = (Buffer::new(&manifest.weights)?, Buffer::new(&manifest.catalogue)?);
        Ok(Self { manifest, weights, catalogue })
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Append the next piece of a file.
    ///
    /// # Errors
    /// Where the file becomes longer than the manifest says.
    pub fn push(&mut self, file: BundleFile, piece: &[u8]) -> Result<(), BundleError> {
        match file {
            BundleFile::Weights => self.weights.push(piece),
            BundleFile::Catalogue => self.catalogue.push(piece),
        }
    }

    /// As much of a file as has arrived.
    pub fn bytes(&self, file: BundleFile) -> &[u8] {
        &self.buffer(file).bytes
    }

    /// Compare size and SHA-256 of a file that has arrived with the manifest's. The caller computes the hash, in
    /// lower-case hexadecimal: a browser does that itself, fast, and without code to download.
    ///
    /// # Errors
    /// Where size or hash are not what the manifest says.
    pub fn verify(&self, file: BundleFile, hash: &str) -> Result<(), BundleError> {
        let buffer = self.buffer(file);
        buffer.check_size()?;
        let FileEntry { file, sha256, .. } = &buffer.entry;
        if hash == sha256 {
            return Ok(());
        }
        let kind = BundleErrorKind::Hash { found: hash.into(), expected: sha256.clone() };
        Err(BundleError::new(file, "sha256", kind))
    }

    fn buffer(&self, file: BundleFile) -> &Buffer {
        match file {
            BundleFile::Weights => &self.weights,
            BundleFile::Catalogue => &self.catalogue,
        }
    }

    /// Build the bundle of the files that have arrived. `catalogue` was read from the catalogue's bytes; `parse` reads
    /// the JSON header of the weights.
    ///
    /// # Errors
    /// Names the file, the field and the rule that is broken.
    pub fn finish(self, catalogue: Catalogue, parse: Parse) -> Result<Bundle, BundleError> {
        let Self { manifest, weights, catalogue: buffer } = self;
        weights.check_size()?;
        buffer.check_size()?;
        if manifest.opening != catalogue.opening()[..manifest.opening.len().min(catalogue.opening().len())] {
            let pairs = manifest.opening.iter().zip(catalogue.opening());
            let first = pairs.take_while(|(told, own)| told == own).count();
            return Err(BundleError::new(MANIFEST, format!("opening[{first}]"), BundleErrorKind::Unexpected));
        }
        let (model, items) = read_weights::read(&manifest, weights.bytes, catalogue.len(), parse)?;
        Ok(Bundle { about: manifest.about, model, items, user_vocabularies: manifest.user_fields, catalogue })
    }
}

impl Buffer {
    fn new(entry: &FileEntry) -> Result<Self, BundleError> {
        let mut bytes = Vec::new();
        match bytes.try_reserve_exact(entry.bytes) {
            Ok(()) => Ok(Self { entry: entry.clone(), bytes }),
            Err(_) => Err(BundleError::new(&entry.file, "size", BundleErrorKind::NoMemory { bytes: entry.bytes })),
        }
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), BundleError> {
        if piece.len() > self.entry.bytes - self.bytes.len() {
            return Err(self.size_error(self.bytes.len() + piece.len()));
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    fn check_size(&self) -> Result<(), BundleError> {
        if self.bytes.len() == self.entry.bytes { Ok(()) } else { Err(self.size_error(self.bytes.len())) }
    }

    fn size_error(&self, bytes: usize) -> BundleError {
        let kind = BundleErrorKind::Size { bytes, expected: self.entry.bytes };
        BundleError::new(&self.entry.file, "size", kind)
    }
}
