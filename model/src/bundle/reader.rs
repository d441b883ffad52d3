//! Read a bundle from whole files, or from files that arrive in pieces. A piece is appended to its file's buffer as it
//! arrives, so that a large file is in memory only once.

use super::catalogue::Catalogue;
use super::error::{BundleError, BundleErrorKind};
use super::files::Bundle;
use super::item::Item;
use super::manifest::{FileEntry, MANIFEST, Manifest, ModelEntry, sha256};
use super::read_tensors::Reader;
use super::{halves, network};
use crate::compact::json::{self, Parse};
use crate::recommender::Recommender;
use std::sync::Arc;

/// One of the two files beside the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleFile {
    /// The parameters, in safetensors format.
    Weights,
    /// The items and the evidence candidates, in JSON.
    Catalogue,
}

/// A reader of a bundle whose files arrive in pieces.
///
/// ```
/// # let (dishes, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
/// # use fewclicks_model::{About, Catalogue, Precision};
/// # let (about, model, catalogue) = (About::default(), model.fold(&features)?, Catalogue::new(&dishes, vec![])?);
/// # let bundle = Bundle { about, model: model.into(), user_vocabularies: vec![], catalogue };
/// # let [(_, weights), (_, catalogue), (_, manifest)] = bundle.write(&dishes, Precision::F32);
/// use fewclicks_model::{Bundle, BundleFile, BundleReader, Manifest, bundle::sha256, compact::json};
///
/// let mut reader = BundleReader::new(Manifest::parse(&manifest, json::parse)?)?;
/// for (file, content) in [(BundleFile::Weights, &weights), (BundleFile::Catalogue, &catalogue)] {
///     for piece in content.chunks(100) {
///         reader.push(file, piece)?;
///     }
///     reader.verify(file, &sha256(reader.bytes(file)))?;
/// }
/// let (catalogue, items) = Bundle::read_catalogue("catalogue", reader.bytes(BundleFile::Catalogue))?;
/// let bundle = reader.finish(catalogue, json::parse)?;
/// assert_eq!(items[bundle.catalogue.find("pho").unwrap()].title, "PHO");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct BundleReader {
    manifest: Manifest,
    weights: Buffer,
    catalogue: Buffer,
}

/// The maximum size of a file, in bytes, whose memory is allocated before it arrives. The memory of a larger one grows with
/// what has arrived: its size is only a claim.
const MAX_ALLOCATED_BEFORE: usize = 32 << 20;

/// The part of a file that has arrived.
#[derive(Debug)]
struct Buffer {
    entry: FileEntry,
    bytes: Vec<u8>,
}

impl Bundle {
    /// Read a bundle from the contents of its three files.
    ///
    /// # Errors
    /// Where a file is invalid or does not match the manifest; the error names the file and the field.
    pub fn read(manifest: &[u8], weights: &[u8], catalogue: &[u8]) -> Result<Self, BundleError> {
        let mut reader = BundleReader::new(Manifest::parse(manifest, json::parse)?)?;
        for (file, content) in [(BundleFile::Weights, weights), (BundleFile::Catalogue, catalogue)] {
            reader.push(file, content)?;
            reader.verify(file, &sha256(content))?;
        }
        let (catalogue, _) = Self::read_catalogue(&reader.manifest().catalogue.file, catalogue)?;
        reader.finish(catalogue, json::parse)
    }

    /// Read a catalogue and its items from the content of the file, which errors call `file`.
    ///
    /// # Errors
    /// Where the content is not JSON, or a field breaks a rule; the error names the field.
    pub fn read_catalogue(file: &str, bytes: &[u8]) -> Result<(Catalogue, Vec<Item>), BundleError> {
        let json = json::parse(bytes);
        let json = json.map_err(|reason| BundleError::new(file, "JSON", BundleErrorKind::Syntax(reason)))?;
        Catalogue::read(file, &json)
    }
}

impl BundleReader {
    /// Create a reader of the files that `manifest` names, and allocate memory for them, at most 32 MiB each.
    ///
    /// # Errors
    /// Where there is not enough memory.
    pub fn new(manifest: Manifest) -> Result<Self, BundleError> {
        let (weights, catalogue) = (Buffer::new(&manifest.weights)?, Buffer::new(&manifest.catalogue)?);
        Ok(Self { manifest, weights, catalogue })
    }

    /// Return the manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Append the next piece of a file.
    ///
    /// # Errors
    /// Where the file becomes longer than its size in the manifest, or there is not enough memory.
    pub fn push(&mut self, file: BundleFile, piece: &[u8]) -> Result<(), BundleError> {
        match file {
            BundleFile::Weights => self.weights.push(piece),
            BundleFile::Catalogue => self.catalogue.push(piece),
        }
    }

    /// Return the part of a file that has arrived.
    pub fn bytes(&self, file: BundleFile) -> &[u8] {
        &self.buffer(file).bytes
    }

    /// Compare the size of a file and `hash`, its SHA-256 in lower-case hexadecimal, with the manifest. The caller computes
    /// the hash, because a browser does so without code to download.
    ///
    /// # Errors
    /// Where the size or the hash differs.
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

    /// Create the bundle from the files. `catalogue` must have been read from the catalogue file; `parse` parses the JSON
    /// header of the weights.
    ///
    /// # Errors
    /// Where a file is incomplete, the weights are invalid, or the manifest repeats other items than those of the best
    /// candidates; the error names the file and the field.
    pub fn finish(self, catalogue: Catalogue, parse: Parse) -> Result<Bundle, BundleError> {
        let Self { manifest, weights, catalogue: buffer } = self;
        weights.check_size()?;
        buffer.check_size()?;
        if manifest.opening != catalogue.opening()[..manifest.opening.len().min(catalogue.opening().len())] {
            let pairs = manifest.opening.iter().zip(catalogue.opening());
            let first = pairs.take_while(|(manifest, catalogue)| manifest == catalogue).count();
            return Err(BundleError::new(MANIFEST, format!("opening[{first}]"), BundleErrorKind::Unexpected));
        }
        let Manifest { about, model, scale, readout, user_fields: user_vocabularies, .. } = manifest;
        let (count, bytes) = (catalogue.len(), Arc::new(weights.bytes));
        let mut reader = Reader::new(&weights.entry.file, &bytes, parse)?;
        let model = match &model {
            ModelEntry::Network(entry) => {
                Recommender::Network(network::read(entry, (scale, readout), &mut reader, count)?)
            }
            ModelEntry::Halves(entry) => {
                Recommender::Halves(halves::read(entry, (scale, readout), &user_vocabularies, &mut reader, count))
            }
        };
        reader.finish()?;
        Ok(Bundle { about, model, user_vocabularies, catalogue })
    }
}

impl Buffer {
    fn new(entry: &FileEntry) -> Result<Self, BundleError> {
        let mut buffer = Self { entry: entry.clone(), bytes: Vec::new() };
        buffer.grow(entry.bytes.min(MAX_ALLOCATED_BEFORE))?;
        Ok(buffer)
    }

    /// Allocate memory for `size` bytes.
    fn grow(&mut self, size: usize) -> Result<(), BundleError> {
        self.bytes.try_reserve_exact(size - self.bytes.len()).map_err(|_| {
            BundleError::new(&self.entry.file, "size", BundleErrorKind::NoMemory { bytes: self.entry.bytes })
        })
    }

    fn push(&mut self, piece: &[u8]) -> Result<(), BundleError> {
        if piece.len() > self.entry.bytes - self.bytes.len() {
            return Err(self.size_error(self.bytes.len() + piece.len()));
        }
        let size = self.bytes.len() + piece.len();
        if size > self.bytes.capacity() {
            self.grow(self.entry.bytes.min(size.max(2 * self.bytes.len())))?;
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// Check that the file has arrived completely.
    fn check_size(&self) -> Result<(), BundleError> {
        if self.bytes.len() == self.entry.bytes { Ok(()) } else { Err(self.size_error(self.bytes.len())) }
    }

    fn size_error(&self, bytes: usize) -> BundleError {
        let kind = BundleErrorKind::Size { bytes, expected: self.entry.bytes };
        BundleError::new(&self.entry.file, "size", kind)
    }
}
