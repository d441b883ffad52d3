//! The bundle: what is shipped to the browser. Everything in it is untrusted when read.

mod arriving;
mod catalogue;
mod error;
mod fields;
mod manifest;
mod stored;
mod weights;

pub use arriving::{Arriving, Part};
pub use catalogue::{Asked, Catalogue, Item};
pub use error::{BundleError, Rule};
pub use manifest::{About, FORMAT, FileEntry, MANIFEST, Manifest, sha256};
pub use weights::Precision;

use crate::model::Model;
use crate::model::features::Vocabulary;
use crate::network::parameters::Shipped;
use crate::network::task::Items;

/// A model with its catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    pub about: About,
    pub model: Model<Shipped>,
    /// The catalogue as the model reads it.
    pub items: Items,
    pub user_vocabularies: Vec<Vocabulary>,
    pub catalogue: Catalogue,
}

/// A bundle's files, as names and bytes; the manifest last, as it names the others.
pub type Files = [(String, Vec<u8>); 3];

impl Bundle {
    /// Reads a bundle from the bytes of its three files.
    ///
    /// # Errors
    /// Names the file, the field and the rule that is broken.
    pub fn read(manifest: &[u8], weights: &[u8], catalogue: &[u8]) -> Result<Self, Box<BundleError>> {
        let mut arriving = Arriving::new(Manifest::parse(manifest)?)?;
        for (part, content) in [(Part::Weights, weights), (Part::Catalogue, catalogue)] {
            arriving.take(part, content)?;
            arriving.compare(part, sha256(content))?;
        }
        arriving.bundle()
    }

    /// The bundle's files. Where the model's embeddings stay put, it must have been folded over the catalogue
    /// ([`Model::fold`]).
    pub fn write(&self, precision: Precision) -> Files {
        let rate = self.model.rates.first().copied().filter(|&rate| self.model.rates.iter().all(|&r| r == rate));
        let weights = weights::write(&self.model, &self.items, rate, precision);
        let catalogue = self.catalogue.bytes().to_vec();
        let manifest = Manifest {
            format: FORMAT,
            about: self.about.clone(),
            architecture: self.model.layout.architecture.clone(),
            local_update: self.model.update,
            rate,
            scale: self.model.scale,
            readout: self.model.readout.clone(),
            user_fields: self.user_vocabularies.clone(),
            opening: self.catalogue.opening(),
            weights: FileEntry::of("weights", "safetensors", &weights),
            catalogue: FileEntry::of("catalogue", "json", &catalogue),
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("plain data");
        [(manifest.weights.file, weights), (manifest.catalogue.file, catalogue), (MANIFEST.to_owned(), text)]
    }
}
