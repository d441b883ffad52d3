//! A bundle whose files arrive piece by piece: each piece is put in its place and hashed as it comes, so that a large
//! file is in memory once, and nothing but a look at the whole is left for the end.

use super::catalogue::Catalogue;
use super::error::{BundleError, Rule, refuse};
use super::manifest::{FileEntry, Manifest, hexadecimal};
use super::{Bundle, weights};
use sha2::{Digest, Sha256};

/// One of the two files beside the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Weights,
    Catalogue,
}

/// A bundle on its way.
pub struct Arriving {
    manifest: Manifest,
    weights: Content,
    catalogue: Content,
}

/// As much of a file as has come.
struct Content {
    entry: FileEntry,
    bytes: Vec<u8>,
    hash: Sha256,
}

impl Arriving {
    /// A bundle of which there is only the manifest.
    ///
    /// # Errors
    /// Where there is no memory for the files that it names.
    pub fn new(manifest: Manifest) -> Result<Self, Box<BundleError>> {
        let (weights, catalogue) = (Content::new(&manifest.weights)?, Content::new(&manifest.catalogue)?);
        Ok(Self { manifest, weights, catalogue })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Takes the next piece of a file.
    ///
    /// # Errors
    /// Where the file is longer than the manifest says.
    pub fn take(&mut self, part: Part, piece: &[u8]) -> Result<(), Box<BundleError>> {
        match part {
            Part::Weights => self.weights.take(piece),
            Part::Catalogue => self.catalogue.take(piece),
        }
    }

    /// How many bytes have come, and how many there are in all.
    pub fn progress(&self) -> (usize, usize) {
        let [weights, catalogue] = [&self.weights, &self.catalogue];
        (weights.bytes.len() + catalogue.bytes.len(), weights.entry.bytes + catalogue.entry.bytes)
    }

    /// The bundle, once all has come.
    ///
    /// # Errors
    /// Names the file, the field and the rule that is broken.
    pub fn bundle(self) -> Result<Bundle, Box<BundleError>> {
        let Self { manifest, weights, catalogue } = self;
        let weights = weights.whole()?;
        let catalogue = Catalogue::parse(&manifest.catalogue.file, catalogue.whole()?)?;
        let (model, items) = weights::read(&manifest, weights, catalogue.len())?;
        Ok(Bundle { about: manifest.about, model, items, user_vocabularies: manifest.user_fields, catalogue })
    }
}

impl Content {
    fn new(entry: &FileEntry) -> Result<Self, Box<BundleError>> {
        let mut bytes = Vec::new();
        match bytes.try_reserve_exact(entry.bytes) {
            Ok(()) => Ok(Self { entry: entry.clone(), bytes, hash: Sha256::new() }),
            Err(_) => Err(refuse(&entry.file, "size", Rule::NoMemory { bytes: entry.bytes })),
        }
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Box<BundleError>> {
        if piece.len() > self.entry.bytes - self.bytes.len() {
            return Err(self.wrong_size(self.bytes.len() + piece.len()));
        }
        self.hash.update(piece);
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// The whole file, if it is what the manifest means.
    fn whole(self) -> Result<Vec<u8>, Box<BundleError>> {
        if self.bytes.len() != self.entry.bytes {
            return Err(self.wrong_size(self.bytes.len()));
        }
        let found = hexadecimal(&self.hash.finalize());
        if found != self.entry.sha256 {
            return Err(refuse(&self.entry.file, "sha256", Rule::Hash { found, expected: self.entry.sha256 }));
        }
        Ok(self.bytes)
    }

    fn wrong_size(&self, bytes: usize) -> Box<BundleError> {
        refuse(&self.entry.file, "size", Rule::Size { bytes, expected: self.entry.bytes })
    }
}
