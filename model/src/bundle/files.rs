//! A bundle, and writing its files.

use super::catalogue::{self, Catalogue};
use super::halves::HalvesEntry;
use super::item::Item;
use super::manifest::{About, FORMAT, FileEntry, MANIFEST, Manifest, ModelEntry};
use super::network::NetworkEntry;
use super::write_tensors::Precision;
use super::{halves, network};
use crate::model::vocabulary::Vocabulary;
use crate::recommender::Recommender;

/// A model with its catalogue, ready to be used by visitors ([`crate::Visitor`]).
///
/// It is stored as three files: a manifest, weights and a catalogue.
///
/// ```
/// # let (dishes, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
/// use fewclicks_model::{About, Bundle, Catalogue, Precision};
///
/// let bundle = Bundle {
///     about: About::default(),
///     model: model.fold(&features)?.into(),
///     user_vocabularies: vec![],
///     catalogue: Catalogue::new(&dishes, vec![])?,
/// };
/// let [(_, weights), (_, catalogue), (name, manifest)] = bundle.write(&dishes, Precision::F32);
/// assert_eq!(name, "manifest.json");
/// assert_eq!(Bundle::read(&manifest, &weights, &catalogue)?, bundle);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The description of the data and the model.
    pub about: About,
    /// The model.
    pub model: Recommender,
    /// The vocabularies of the model's user fields, in their order.
    pub user_vocabularies: Vec<Vocabulary>,
    /// The ids of the items and the evidence candidates.
    pub catalogue: Catalogue,
}

/// The names and contents of a bundle's files: weights, catalogue and manifest. The manifest is last, so that written in this
/// order it never names a missing file.
pub type Files = [(String, Vec<u8>); 3];

impl Bundle {
    /// Return the bundle's files, with the parameters in `precision`. `items` are those of the catalogue, by position.
    ///
    /// # Panics
    /// Where there are not as many items as the catalogue has ids.
    pub fn write(&self, items: &[Item], precision: Precision) -> Files {
        assert_eq!(items.len(), self.catalogue.len(), "a bundle is written with the items of its catalogue");
        let (model, weights) = match &self.model {
            Recommender::Network(model) => {
                let entry = NetworkEntry::of(&model.model);
                let weights = network::write(&model.model, &model.items, entry.rate, precision);
                (ModelEntry::Network(entry), weights)
            }
            Recommender::Halves(model) => {
                (ModelEntry::Halves(HalvesEntry::of(model)), halves::write(model, &self.user_vocabularies, precision))
            }
        };
        let catalogue = catalogue::write(items, self.catalogue.candidates());
        let manifest = Manifest {
            format: FORMAT,
            about: self.about.clone(),
            model,
            scale: *self.model.scale(),
            readout: self.model.readout().cloned(),
            user_fields: self.user_vocabularies.clone(),
            opening: self.catalogue.opening().to_vec(),
            weights: FileEntry::of("weights", "safetensors", &weights),
            catalogue: FileEntry::of("catalogue", "json", &catalogue),
        };
        let text = serde_json::to_vec_pretty(&manifest).expect("plain data");
        [(manifest.weights.file, weights), (manifest.catalogue.file, catalogue), (MANIFEST.to_owned(), text)]
    }
}
