//! A run: a folder with `config.toml`, `data.sha256`, `metrics.jsonl`, `checkpoint.safetensors` and, once finished,
//! `readout.json`.

use crate::encode::Encoded;
use crate::files::{create_folder, write_atomically};
use crate::preset::{NetworkPreset, Preset};
use crate::train::checkpoint;
use crate::train::config::RunConfig;
use crate::train::halves;
use crate::train::learner::Learner;
use crate::train::loaded::Loaded;
use crate::train::readout;
use crate::train::state::State;
use crate::train::trained::Trained;
use anyhow::{Context, bail, ensure};
use fewclicks_model::model::Model;
use fewclicks_model::model::readout::Readout;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const CONFIG: &str = "config.toml";
/// Hash of data and roles when the run started.
const FINGERPRINT: &str = "data.sha256";
const METRICS: &str = "metrics.jsonl";
const CHECKPOINT: &str = "checkpoint.safetensors";
/// Read-out of a finished run, if its preset asks for one.
const READOUT: &str = "readout.json";

/// A line of `metrics.jsonl`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EpochMetrics {
    /// Number of epochs done.
    pub epoch: usize,
    /// Mean query loss after the local update.
    pub query_loss: f64,
    /// Duration of the epoch.
    pub seconds: f64,
    /// nDCG@10 on users who are held out of training, while there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_out_ndcg: Option<f64>,
}

/// A run's folder.
#[derive(Clone, Debug)]
pub struct Run {
    /// Path of the folder.
    pub folder: PathBuf,
    /// Configuration of the run.
    pub config: RunConfig,
}

impl Run {
    /// Check that `folder` holds no run yet.
    ///
    /// # Errors
    /// Return an error if it holds one.
    pub fn check_free(folder: &Path) -> anyhow::Result<()> {
        ensure!(
            !folder.join(CONFIG).exists(),
            "{} holds a run already: go on with --resume, or name another folder with --out",
            folder.display()
        );
        Ok(())
    }

    /// Create the folder of a new run on `loaded` data.
    ///
    /// # Errors
    /// Return an error if it holds a run, or cannot be written.
    pub fn create(folder: &Path, config: RunConfig, loaded: &Loaded) -> anyhow::Result<Self> {
        Self::check_free(folder)?;
        create_folder(folder)?;
        write_atomically(&folder.join(FINGERPRINT), loaded.fingerprint().as_bytes())?;
        write_atomically(&folder.join(CONFIG), toml::to_string(&config)?.as_bytes())?;
        Ok(Self { folder: folder.into(), config })
    }

    /// Open a run's folder.
    ///
    /// # Errors
    /// Return an error if it holds no run, or its configuration cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(CONFIG);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("no run in {}: expected the --out folder of a `trainer train`", folder.display())
        })?;
        let config: RunConfig = toml::from_str(&text).with_context(|| path.display().to_string())?;
        config.preset.check().with_context(|| path.display().to_string())?;
        Ok(Self { folder: folder.into(), config })
    }

    /// Open a finished run with its data and model, and print the data's notice on stderr.
    ///
    /// # Errors
    /// Return an error if training has not finished, or the data has changed.
    pub fn trained(folder: &Path) -> anyhow::Result<(Self, Loaded, Trained)> {
        let run = Self::open(folder)?;
        let loaded = run.load()?;
        eprintln!("{}: {}", loaded.data.name, loaded.data.notice);
        let trained = match &run.config.preset {
            Preset::Halves(_) => Trained::Halves(halves::read_model(&run, &loaded)?),
            Preset::Network(preset) => Trained::Network(run.model(&loaded.encoded, preset)?),
        };
        Ok((run, loaded, trained))
    }

    /// Return whether the run has a checkpoint.
    pub(super) fn has_checkpoint(&self) -> bool {
        self.folder.join(CHECKPOINT).exists()
    }

    /// Load the run's data.
    ///
    /// # Errors
    /// Return an error if the data cannot be read, or has changed since the run started: the weights belong to its
    /// rows.
    pub fn load(&self) -> anyhow::Result<Loaded> {
        let loaded = self.config.load()?;
        let path = self.folder.join(FINGERPRINT);
        let noted = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        ensure!(
            noted == loaded.fingerprint(),
            "the data {} or its split has changed since the run in {} started: train anew in another folder",
            self.config.data,
            self.folder.display()
        );
        Ok(loaded)
    }

    /// Return the state of the latest checkpoint, or the initial state.
    ///
    /// # Errors
    /// Return an error if the checkpoint does not fit the configuration.
    pub(super) fn state(&self, encoded: &Encoded, preset: &NetworkPreset) -> anyhow::Result<State> {
        let start = State::new(encoded, preset, self.config.seed);
        if self.has_checkpoint() { self.read_checkpoint(&start) } else { Ok(start) }
    }

    /// Read the latest checkpoint, of a state with the shapes of `like`.
    ///
    /// # Errors
    /// Return an error if it does not fit.
    pub(super) fn read_checkpoint(&self, like: &State) -> anyhow::Result<State> {
        checkpoint::read(&self.folder.join(CHECKPOINT), like)
    }

    fn model(&self, encoded: &Encoded, preset: &NetworkPreset) -> anyhow::Result<Model> {
        let state = self.state(encoded, preset)?;
        let epochs = preset.train.epochs;
        if state.epoch < epochs {
            bail!(
                "the run in {} is at epoch {} of {epochs}: finish it with `trainer train --resume --out {}`",
                self.folder.display(),
                state.epoch,
                self.folder.display()
            );
        }
        let learner = Learner { encoded, preset, seed: self.config.seed, state };
        let model = learner.model(preset.local.update);
        Ok(Model { readout: self.readout()?, ..model })
    }

    /// Fit and save the read-out, if the preset asks for one.
    ///
    /// # Errors
    /// Return an error if training has not finished, the catalogue makes the folded model too large, or the file cannot
    /// be written.
    pub(super) fn fit_readout(&self, encoded: &Encoded, preset: &NetworkPreset) -> anyhow::Result<()> {
        if !preset.model.median {
            return Ok(());
        }
        let model = Model { readout: None, ..self.model(encoded, preset)? };
        let readout = readout::fit(&model, encoded, self.config.seed)?;
        write_atomically(&self.folder.join(READOUT), &serde_json::to_vec(&readout)?)
    }

    /// Return the read-out; `None` if it was not fitted, or there were too few ratings to fit it.
    fn readout(&self) -> anyhow::Result<Option<Readout>> {
        let path = self.folder.join(READOUT);
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let readout: Option<Readout> = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        ensure!(
            readout.as_ref().is_none_or(Readout::is_valid),
            "{} is not an increasing function: train anew, or remove it and go on with --resume",
            path.display()
        );
        Ok(readout)
    }

    /// Save the metrics, then the checkpoint, of the epochs done. Metrics beyond the checkpoint's epoch are ignored.
    ///
    /// # Errors
    /// Return an error that names the file that cannot be written.
    pub fn save(&self, state: &State, metrics: &[EpochMetrics]) -> anyhow::Result<()> {
        let lines: Vec<String> = metrics.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        write_atomically(&self.folder.join(METRICS), (lines.join("\n") + "\n").as_bytes())?;
        checkpoint::write(&self.folder.join(CHECKPOINT), state)
    }

    /// Return the metrics of all epochs.
    ///
    /// # Errors
    /// Return an error if the file is not what [`Run::save`] wrote.
    pub fn metrics(&self) -> anyhow::Result<Vec<EpochMetrics>> {
        self.metrics_until(usize::MAX)
    }

    /// Return the metrics of the first `epochs` epochs.
    ///
    /// # Errors
    /// Return an error if the file is not what [`Run::save`] wrote.
    pub(super) fn metrics_until(&self, epochs: usize) -> anyhow::Result<Vec<EpochMetrics>> {
        if epochs == 0 {
            return Ok(Vec::new());
        }
        let path = self.folder.join(METRICS);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let line = |line: &str| serde_json::from_str(line).with_context(|| format!("{}: {line}", path.display()));
        text.lines().take(epochs).map(line).collect()
    }
}
