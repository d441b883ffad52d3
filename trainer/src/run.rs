//! A run: a folder with everything that one training is, `config.toml`, `data.sha256`, `metrics.jsonl` and
//! `checkpoint.safetensors`.

use crate::checkpoint;
use crate::data::{self, Dataset, Split};
use crate::encode::Encoded;
use crate::files::{create_folder, write_atomically};
use crate::learner::{Learner, State};
use crate::population::Population;
use crate::preset::Preset;
use anyhow::{Context, bail, ensure};
use clap::ValueEnum;
use fewclicks::model::Model;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const CONFIG: &str = "config.toml";
/// What the data was when the run started: weights mean nothing beside other rows.
const FINGERPRINT: &str = "data.sha256";
const METRICS: &str = "metrics.jsonl";
const CHECKPOINT: &str = "checkpoint.safetensors";

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
    /// `films` or the data's folder.
    pub data: String,
    pub split: Option<PathBuf>,
    pub items: ItemChoice,
    pub seed: u64,
    pub preset: Preset,
}

/// One line of `metrics.jsonl`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EpochMetrics {
    pub epoch: usize,
    /// Mean query loss after the local update.
    pub query_loss: f64,
    pub seconds: f64,
}

/// A run's folder.
#[derive(Clone, Debug)]
pub struct Run {
    pub folder: PathBuf,
    pub config: RunConfig,
}

impl Run {
    /// Makes a folder for a new run.
    ///
    /// # Errors
    /// Where a run is there already.
    pub fn create(folder: &Path, config: RunConfig) -> anyhow::Result<Self> {
        ensure!(
            !folder.join(CONFIG).exists(),
            "{} holds a run already: go on with --resume, or name another folder with --out",
            folder.display()
        );
        create_folder(folder)?;
        write_atomically(&folder.join(CONFIG), toml::to_string(&config)?.as_bytes())?;
        Ok(Self { folder: folder.into(), config })
    }

    /// Opens a run's folder.
    ///
    /// # Errors
    /// Where there is none, or its configuration cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(CONFIG);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("no run in {}: expected the --out folder of a `trainer train`", folder.display())
        })?;
        let config = toml::from_str(&text).with_context(|| format!("{}", path.display()))?;
        Ok(Self { folder: folder.into(), config })
    }

    /// Whether training has got as far as a checkpoint.
    pub fn has_checkpoint(&self) -> bool {
        self.folder.join(CHECKPOINT).exists()
    }

    /// Reads data and split, and encodes them.
    ///
    /// # Errors
    /// As the readers say.
    pub fn load(&self) -> anyhow::Result<Loaded> {
        let data = data::load(&self.config.data)?;
        self.recognise(&data)?;
        let population = match &self.config.split {
            Some(path) => {
                let split = Split::read(path, &data)?;
                Population::from_split(&data, &split, self.config.items == ItemChoice::All)
            }
            None => Population::held_out(&data, self.config.seed),
        };
        let encoded = Encoded::new(&data, &population, &self.config.preset.model)
            .with_context(|| format!("preset {} makes no model of this data", self.config.preset.name))?;
        Ok(Loaded { data, population, encoded })
    }

    /// Notes what the data is, or checks that it still is what was noted.
    fn recognise(&self, data: &Dataset) -> anyhow::Result<()> {
        let path = self.folder.join(FINGERPRINT);
        let now = data.fingerprint();
        match std::fs::read_to_string(&path) {
            Err(_) => write_atomically(&path, now.as_bytes()),
            Ok(noted) if noted == now => Ok(()),
            Ok(_) => bail!(
                "the data {} has changed since the run in {} started: train anew in another folder",
                self.config.data,
                self.folder.display()
            ),
        }
    }

    /// The latest checkpoint, or a start.
    ///
    /// # Errors
    /// Where the checkpoint does not belong to the configuration.
    pub fn state(&self, encoded: &Encoded) -> anyhow::Result<State> {
        let start = State::new(encoded, &self.config.preset, self.config.seed);
        if self.has_checkpoint() { checkpoint::read(&self.folder.join(CHECKPOINT), &start) } else { Ok(start) }
    }

    /// The trained model.
    ///
    /// # Errors
    /// Where training has not finished.
    pub fn model(&self, encoded: &Encoded) -> anyhow::Result<Model> {
        let state = self.state(encoded)?;
        let epochs = self.config.preset.train.epochs;
        if state.epoch < epochs {
            bail!(
                "the run in {} is at epoch {} of {epochs}: finish it with `trainer train --resume --out {}`",
                self.folder.display(),
                state.epoch,
                self.folder.display()
            );
        }
        let learner = Learner { encoded, preset: &self.config.preset, seed: self.config.seed, state };
        Ok(learner.model(self.config.preset.local.steps))
    }

    /// Keeps an epoch's outcome: its metrics, then the checkpoint that makes them count.
    ///
    /// # Errors
    /// Names the file that could not be written.
    pub fn keep(&self, state: &State, metrics: &[EpochMetrics]) -> anyhow::Result<()> {
        let lines: Vec<String> = metrics.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        write_atomically(&self.folder.join(METRICS), (lines.join("\n") + "\n").as_bytes())?;
        checkpoint::write(&self.folder.join(CHECKPOINT), state)
    }

    /// The metrics of the epochs that `state` has behind it.
    ///
    /// # Errors
    /// Where the file is not what [`Run::keep`] wrote.
    pub fn metrics(&self, state: &State) -> anyhow::Result<Vec<EpochMetrics>> {
        if state.epoch == 0 {
            return Ok(Vec::new());
        }
        let path = self.folder.join(METRICS);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let line = |line: &str| serde_json::from_str(line).with_context(|| format!("{}: {line}", path.display()));
        text.lines().take(state.epoch).map(line).collect()
    }
}

/// A run's data, ready to learn from.
#[derive(Debug)]
pub struct Loaded {
    pub data: Dataset,
    pub population: Population,
    pub encoded: Encoded,
}
