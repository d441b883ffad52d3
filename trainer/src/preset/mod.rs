//! Presets: everything that tells one training from another but data and seed, as a small TOML file.

mod halves;
mod network;

pub use halves::{FieldConfig, HalvesPreset};
pub use network::{LocalConfig, ModelConfig, NetworkPreset, TaskConfig, TrainConfig};

use anyhow::Context;
use fewclicks_model::adapt::Feedback;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};

/// The name of the preset of a training that names none.
pub const DEFAULT: &str = "default";

/// The presets that come with the trainer, by name.
pub const BUILT_IN: [(&str, &str); 9] = [
    (DEFAULT, include_str!("../../presets/default.toml")),
    ("ratings", include_str!("../../presets/ratings.toml")),
    ("picks", include_str!("../../presets/picks.toml")),
    ("gradient", include_str!("../../presets/gradient.toml")),
    ("melu", include_str!("../../presets/melu.toml")),
    ("maml", include_str!("../../presets/maml.toml")),
    ("anil", include_str!("../../presets/anil.toml")),
    ("ridge", include_str!("../../presets/ridge.toml")),
    ("few-shot-dot", include_str!("../../presets/few-shot-dot.toml")),
];

/// A complete configuration. Every key is required: a preset file shows all there is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Preset {
    /// The default model in two halves; its file has a table `[choice]`.
    Halves(HalvesPreset),
    /// A network.
    Network(NetworkPreset),
}

impl Preset {
    /// Return the preset's short name.
    pub fn name(&self) -> &str {
        match self {
            Self::Halves(preset) => &preset.name,
            Self::Network(preset) => &preset.name,
        }
    }

    /// Return the line that says what the preset is.
    pub fn about(&self) -> &str {
        match self {
            Self::Halves(preset) => &preset.about,
            Self::Network(preset) => &preset.about,
        }
    }

    /// Return what a model of this preset predicts of data with `feedback`: the default model, what there is.
    pub fn feedback(&self, data: Feedback) -> Feedback {
        match self {
            Self::Halves(_) => data,
            Self::Network(preset) => preset.feedback(),
        }
    }

    /// Return the minimum and maximum number of ratings (or picks) of a user who is learned from.
    pub fn ratings_of_a_user(&self) -> (usize, usize) {
        match self {
            Self::Halves(_) => (1, usize::MAX),
            Self::Network(preset) => (preset.tasks.min_ratings.max(2), preset.tasks.max_ratings),
        }
    }

    /// Return the number of items (or users) that a value of a field needs to be learned.
    pub fn min_count(&self) -> usize {
        match self {
            Self::Halves(preset) => preset.fields.min_count,
            Self::Network(preset) => preset.model.min_count,
        }
    }

    /// Load a built-in preset, or else the file of that name.
    ///
    /// # Errors
    /// Return an error that names the file, the key and what was expected.
    pub fn load(name_or_file: &str) -> anyhow::Result<Self> {
        Self::parse(&Self::text(name_or_file)?, name_or_file)
    }

    /// Return the text of a preset as [`Preset::load`] finds it, with its comments.
    ///
    /// # Errors
    /// Return an error that names the file.
    pub fn text(name_or_file: &str) -> anyhow::Result<String> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
            return Ok((*text).to_owned());
        }
        let names = BUILT_IN.map(|(name, _)| name).join(", ");
        std::fs::read_to_string(name_or_file).with_context(|| {
            format!("preset \"{name_or_file}\" is neither built in ({names}) nor a readable TOML file")
        })
    }

    /// Read `text`; `source` is what errors call it.
    ///
    /// # Errors
    /// As [`Preset::load`].
    pub fn parse(text: &str, source: &str) -> anyhow::Result<Self> {
        let read = || -> anyhow::Result<Self> {
            let table: toml::Table = toml::from_str(text)?;
            let preset = if is_of_halves(&table) {
                Self::Halves(toml::from_str(text)?)
            } else {
                Self::Network(toml::from_str(text)?)
            };
            preset.check()?;
            Ok(preset)
        };
        read().with_context(|| format!("preset {source}"))
    }

    /// Check that the numbers make a training.
    ///
    /// # Errors
    /// Return an error that names the key, its value and what was expected.
    pub fn check(&self) -> anyhow::Result<()> {
        match self {
            Self::Halves(preset) => preset.check(),
            Self::Network(preset) => preset.check(),
        }
    }
}

impl<'de> Deserialize<'de> for Preset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = toml::Table::deserialize(deserializer)?;
        Ok(match is_of_halves(&table) {
            true => Self::Halves(convert(table)?),
            false => Self::Network(convert(table)?),
        })
    }
}

fn is_of_halves(table: &toml::Table) -> bool {
    table.contains_key("choice")
}

fn convert<T: DeserializeOwned, E: Error>(table: toml::Table) -> Result<T, E> {
    table.try_into().map_err(E::custom)
}
