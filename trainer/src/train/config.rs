//! The configuration of a run: data, split, seed and preset.

use crate::data::{Dataset, Feedback, Split};
use crate::encode::{Encoded, Population, nearly_unique};
use crate::load::load_dataset;
use crate::preset::Preset;
use crate::ranks::{self, Shard};
use crate::train::former_run::FormerRun;
use crate::train::loaded::Loaded;
use anyhow::{Context, ensure};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Items whose ratings are trained on, where a split names cold items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ItemChoice {
    /// All items
    All,
    /// Items that the split does not name as cold
    Existing,
}

/// Everything that decides the outcome of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunConfig {
    /// Name of an embedded data set, or the data's folder.
    pub data: String,
    /// Path of a split, if one is used.
    pub split: Option<PathBuf>,
    /// Which items are trained on.
    pub items: ItemChoice,
    /// Seed of everything random.
    pub seed: u64,
    /// The preset, with the options that were given.
    pub preset: Preset,
    /// The run that this one updates; `None` for one from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerRun>,
}

impl RunConfig {
    /// Read data and split, and encode them.
    ///
    /// # Errors
    /// Return the errors of the readers and of [`RunConfig::encode`].
    pub fn load(&self) -> anyhow::Result<Loaded> {
        self.encode(load_dataset(&self.data)?)
    }

    /// Encode data that was read already. For the default model its rows are sorted by id, so that their order does not matter, and
    /// users are divided between ranks; for a network every rank is given all ratings.
    ///
    /// # Errors
    /// Return an error if a rank has other tables than the first, the split cannot be read, the data has picks alone and the preset
    /// needs ratings, or the preset makes no model of the data.
    pub fn encode(&self, data: Dataset) -> anyhow::Result<Loaded> {
        if ranks::size() > 1 {
            // Ranks exchange lists as long as the tables.
            ranks::check_same(&data.fingerprint_of_tables())?;
        }
        let (data, shard) = match &self.preset {
            Preset::Halves(_) => data.sorted(),
            Preset::Network(_) => {
                let data = data.whole();
                let shard = Shard::whole(data.users.ids.len());
                (data, shard)
            }
        };
        let feedback = self.preset.feedback(data.feedback());
        ensure!(
            feedback == Feedback::Picks || data.feedback() == Feedback::Ratings,
            "{} has picks and no ratings, which preset {} learns from: use --preset default or picks",
            self.data,
            self.preset.name()
        );
        let population = match &self.split {
            Some(path) => Population::from_split(&data, &Split::read(path, &data)?, self.items == ItemChoice::All),
            None => match &self.preset {
                Preset::Halves(_) => Population::held_out_by_id(&data, self.seed),
                Preset::Network(_) => Population::held_out(&data, self.seed),
            },
        };
        let encoding = match &self.preset {
            Preset::Halves(preset) => {
                let mut encoding = preset.encoding();
                encoding.drop.extend(nearly_unique(&data.users, &population.warm));
                encoding
            }
            Preset::Network(preset) => preset.model.clone(),
        };
        let encoded = Encoded::of_shard(&data, shard, &population, &encoding, feedback)
            .with_context(|| format!("preset {} makes no model of this data", self.preset.name()))?;
        Ok(Loaded { data, population, encoded, feedback })
    }
}
