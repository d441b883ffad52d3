//! A bundle, and how its files are written.

use super::catalogue::{self, Catalogue};
use super::item::Item;
use super::manifest::{About, FORMAT, FileEntry, MANIFEST, Manifest};
use super::write_weights::{self, Precision};
use crate::adapt::Rates;
use crate::model::Model;
use crate::model::vocabulary::Vocabulary;
use crate::network::parameters::StoredParameters;
use crate::network::task::Items;

/// A model with its catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// What people may want to know of it.
    pub about: About,
    /// The model, as it is stored.
    pub model: Model<StoredParameters>,
    /// The catalogue as the model reads it.
    pub items: Items,
    /// What a visitor may say of themselves, in the order of the model's user fields.
    pub user_vocabularies: Vec<Vocabulary>,
    /// The catalogue's ids and evidence candidates.
    pub catalogue: Catalogue,
}

/// A bundle's files, as names and bytes; the manifest last, as it names the others.
pub type Files = [(String, Vec<u8>); 3];

impl Bundle {
    /// Write the bundle's files. `items` are those of the catalogue. Where the model's embeddings stay put, it must have
    /// been folded over them ([`Model::fold`]).
    ///
    /// # Panics
    /// Where there are not as many items as the catalogue has ids.
    pub fn write(&self, items: &[Item], precision: Precision) -> Files {
        assert_eq!(items.len(), self.catalogue.len(), "a bundle is written with the items of its catalogue");
        let fixed = self.model.update.rates() == Rates::Fixed;
        let rate = self.model.rates.first().copied().filter(|_| fixed);
        let weights = write_weights::write(&self.model, &self.items, rate, precision);
        let catalogue = catalogue::write(items, self.catalogue.candidates());
        let manifest = Manifest {
            format: FORMAT,
            about: self.about.clone(),
            architecture: self.model.layout.architecture.clone(),
            local_update: self.model.update,
            rate,
            scale: self.model.scale,
            readout: self.model.readout.clone(),
            user_fields: self.user_vocabularies.clone(),
            opening: self.catalogue.opening().to_vec(),
            weights: FileEntry::of("weights", "safetensors", &weights),
            catalogue: FileEntry::of("catalogue", "json", &catalogue),
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("plain data");
        [(manifest.weights.file, weights), (manifest.catalogue.file, catalogue), (MANIFEST.to_owned(), text)]
    }
}
