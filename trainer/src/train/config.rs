//! The configuration of a run: data, split, seed and preset.

use crate::data::{Dataset, Feedback, Split};
use crate::encode::Encoded;
use crate::encode::population::Population;
use crate::load::load_dataset;
use crate::preset::Preset;
use crate::train::loaded::Loaded;
use anyhow::{Context, ensure};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Whose ratings of cold items are learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ItemChoice {
    /// All items.
    All,
    /// Items that the split does not name as cold.
    Existing,
}

/// What decides a run's outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// Name of an embedded data set, or the data's folder.
    pub data: String,
    pub split: Option<PathBuf>,
    pub items: ItemChoice,
    pub seed: u64,
    pub preset: Preset,
}

impl RunConfig {
    /// Reads data and split, and encodes them.
    ///
    /// # Errors
    /// As the readers say.
    pub fn load(&self) -> anyhow::Result<Loaded> {
        self.encode(load_dataset(&self.data)?)
    }

    /// As [`RunConfig::load`], of data that was read already.
    ///
    /// # Errors
    /// As the split's reader says, or where the preset does not fit the data or makes no model of it.
    pub fn encode(&self, data: Dataset) -> anyhow::Result<Loaded> {
        ensure!(
            self.preset.feedback() == Feedback::Picks || data.feedback() == Feedback::Ratings,
            "{} has picks and no ratings: preset {} would have nothing to tell items apart by; use --preset picks",
            self.data,
            self.preset.name
        );
        let population = match &self.split {
            Some(path) => Population::from_split(&data, &Split::read(path, &data)?, self.items == ItemChoice::All),
            None => Population::held_out(&data, self.seed),
        };
        let encoded = Encoded::new(&data, &population, &self.preset)
            .with_context(|| format!("preset {} makes no model of this data", self.preset.name))?;
        Ok(Loaded { data, population, encoded })
    }
}
