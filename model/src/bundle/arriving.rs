//! A bundle whose files arrive piece by piece: each piece is put in its place as it comes, so that a large file is in
//! memory once.

use super::catalogue::Catalogue;
use super::error::{BundleError, Rule, refuse};
use super::manifest::{FileEntry, MANIFEST, Manifest};
use super::{Bundle, weights};
use crate::compact::decimal::whole;

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

    /// As much of a file as has come.
    pub fn content(&self, part: Part) -> &[u8] {
        &self.part(part).bytes
    }

    /// Compares the SHA-256 of a file that has come, in lower-case hexadecimal, with the manifest's. Who computes it is
    /// left open: a browser does that itself, fast, and without code that a visitor would have to download.
    ///
    /// # Errors
    /// Where size or hash are not what the manifest says.
    pub fn compare(&self, part: Part, hash: String) -> Result<(), Box<BundleError>> {
        let Content { entry, .. } = self.part(part);
        self.part(part).check_size()?;
        match hash == entry.sha256 {
            true => Ok(()),
            false => {
                let rule = Rule::Hash { found: hash, expected: entry.sha256.clone() };
                Err(refuse(&entry.file, "sha256", rule))
            }
        }
    }

    fn part(&self, part: Part) -> &Content {
        match part {
            Part::Weights => &self.weights,
            Part::Catalogue => &self.catalogue,
        }
    }

    /// The bundle, once all has come.
    ///
    /// # Errors
    /// Names the file, the field and the rule that is broken.
    pub fn bundle(self) -> Result<Bundle, Box<BundleError>> {
        let Self { manifest, weights, catalogue } = self;
        weights.check_size()?;
        catalogue.check_size()?;
        let catalogue = Catalogue::parse(&manifest.catalogue.file, catalogue.bytes)?;
        for (i, (item, asked)) in manifest.opening.iter().zip(catalogue.candidates()).enumerate() {
            if catalogue.item(asked.item) != *item {
                return Err(refuse(MANIFEST, &["opening[", &whole(i), "]"].concat(), Rule::Unexpected));
            }
        }
        let (model, items) = weights::read(&manifest, weights.bytes, catalogue.len())?;
        Ok(Bundle { about: manifest.about, model, items, user_vocabularies: manifest.user_fields, catalogue })
    }
}

impl Content {
    fn new(entry: &FileEntry) -> Result<Self, Box<BundleError>> {
        let mut bytes = Vec::new();
        match bytes.try_reserve_exact(entry.bytes) {
            Ok(()) => Ok(Self { entry: entry.clone(), bytes }),
            Err(_) => Err(refuse(&entry.file, "size", Rule::NoMemory { bytes: entry.bytes })),
        }
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Box<BundleError>> {
        if piece.len() > self.entry.bytes - self.bytes.len() {
            return Err(self.wrong_size(self.bytes.len() + piece.len()));
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    fn check_size(&self) -> Result<(), Box<BundleError>> {
        if self.bytes.len() == self.entry.bytes { Ok(()) } else { Err(self.wrong_size(self.bytes.len())) }
    }

    fn wrong_size(&self, bytes: usize) -> Box<BundleError> {
        refuse(&self.entry.file, "size", Rule::Size { bytes, expected: self.entry.bytes })
    }
}
