//! Presets of the default model.

use super::ModelConfig;
use crate::choice::ChoiceConfig;
use crate::stars::StarsConfig;
use anyhow::ensure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A preset of the default model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalvesPreset {
    /// Short name, such as `default`.
    pub name: String,
    /// One line for `--help` and for the model's manifest.
    pub about: String,
    /// The fields of users and items.
    pub fields: FieldConfig,
    /// The stars half.
    pub stars: StarsConfig,
    /// The choice half.
    pub choice: ChoiceConfig,
}

/// The fields of users and items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldConfig {
    /// Feature fields to leave out, where the data has them.
    pub drop: Vec<String>,
    /// Values that fewer training items (or users) have share the row of unknown values.
    pub min_count: usize,
}

impl HalvesPreset {
    /// Check that the numbers make a training.
    ///
    /// # Errors
    /// Return an error that names the key, its value and what was expected.
    pub fn check(&self) -> anyhow::Result<()> {
        let Self { stars, choice, .. } = self;
        ensure!((1..=64).contains(&stars.factors), "stars.factors = {}: expected 1 to 64", stars.factors);
        ensure!((1..=200).contains(&stars.rounds), "stars.rounds = {}: expected 1 to 200", stars.rounds);
        choice.check()
    }

    /// Return how users and items are encoded: an id and every field.
    pub fn encoding(&self) -> ModelConfig {
        ModelConfig {
            drop: self.fields.drop.clone(),
            min_count: self.fields.min_count,
            width: 1,
            widths: BTreeMap::new(),
            id: true,
            graph: 0,
            sum: true,
            constant: false,
            bias: false,
            linear: true,
            start: false,
            hidden: Vec::new(),
            init: 1.0,
            median: false,
        }
    }
}
