//! A run: a folder with `config.toml`, `data.sha256`, `metrics.jsonl`, `checkpoint.safetensors` with the one before, what else its
//! preset asks for, and, once finished, `finished.json`. One with a split has `split.json` too, a copy for updates.

use crate::bundle::prove;
use crate::encode::Encoded;
use crate::files::{create_folder, remove_temporary, write_atomically};
use crate::preset::{NetworkPreset, Preset};
use crate::ranks;
use crate::sealed::{seal, unseal};
use crate::terminal::note;
use crate::train::checkpoint;
use crate::train::config::RunConfig;
use crate::train::epoch_metrics::EpochMetrics;
use crate::train::finished::{check_finished, note_finished};
use crate::train::halves;
use crate::train::learner::Learner;
use crate::train::loaded::Loaded;
use crate::train::lock::{LOCK, lock};
use crate::train::readout;
use crate::train::state::State;
use crate::train::trained::Trained;
use anyhow::{Context, bail, ensure};
use fewclicks_model::bundle::sha256;
use fewclicks_model::model::Model;
use fewclicks_model::model::readout::Readout;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CONFIG: &str = "config.toml";
/// Hash of data and roles when the run started.
const FINGERPRINT: &str = "data.sha256";
/// The split that is learned from, for updates: its warm users are all of whom this run and those that it goes on from have learned.
/// Missing without a split.
pub(super) const SPLIT: &str = "split.json";
const METRICS: &str = "metrics.jsonl";
const CHECKPOINT: &str = "checkpoint.safetensors";
/// The checkpoint before, for when the latest one is damaged.
const FORMER: &str = "checkpoint.former.safetensors";
/// Read-out of a finished run, if its preset asks for one.
const READOUT: &str = "readout.json";

/// A run's folder.
#[derive(Clone, Debug)]
pub struct Run {
    /// Path of the folder.
    pub folder: PathBuf,
    /// Configuration of the run.
    pub config: RunConfig,
    /// The lock of a training, which the first rank holds.
    pub(super) lock: Option<Arc<File>>,
}

impl Run {
    /// Return whether `folder` holds a run.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(CONFIG).exists()
    }

    /// Check that a run can be created in `folder`: it is not there, is empty, or has only what a start leaves that was killed.
    ///
    /// # Errors
    /// Return an error that names what it holds.
    pub fn check_free(folder: &Path) -> anyhow::Result<()> {
        ensure!(
            !Self::is_in(folder),
            "{} holds a run already: go on with `trainer train --resume --out {}`, or name another folder with --out",
            folder.display(),
            folder.display()
        );
        if !folder.exists() {
            return Ok(());
        }
        let cannot = || format!("cannot list {}", folder.display());
        for entry in std::fs::read_dir(folder).with_context(cannot)? {
            let name = entry.with_context(cannot)?.file_name().to_string_lossy().into_owned();
            ensure!(
                name.starts_with('.') || name == FINGERPRINT || (name == SPLIT && folder.join(FINGERPRINT).exists()),
                "{} holds {name}, but no {CONFIG}, so it is no run: name another folder with --out",
                folder.display()
            );
        }
        Ok(())
    }

    /// Create the folder of a new run on `loaded` data, on the first rank.
    ///
    /// # Errors
    /// Return an error if it holds a run, or cannot be written.
    pub fn create(folder: &Path, config: RunConfig, loaded: &Loaded) -> anyhow::Result<Self> {
        let fingerprint = loaded.fingerprint()?;
        let created = ranks::first(|| Self::create_here(folder, config.clone(), loaded, &fingerprint))?;
        Ok(created.unwrap_or_else(|| Self { folder: folder.into(), config, lock: None }))
    }

    fn create_here(folder: &Path, config: RunConfig, loaded: &Loaded, fingerprint: &str) -> anyhow::Result<Self> {
        create_folder(folder)?;
        let lock = lock(folder)?;
        Self::check_free(folder)?;
        remove_temporary(folder)?;
        let run = Self { folder: folder.into(), config, lock: Some(Arc::new(lock)) };
        let write = || {
            // First, as it tells the split of a start that was killed from a file of somebody else.
            write_atomically(&folder.join(FINGERPRINT), fingerprint.as_bytes())?;
            if run.config.split.is_some() {
                let former = run.config.former.as_ref().map(|former| former.folder.join(SPLIT));
                let split = loaded.population.split().to_json(&loaded.data, former.as_deref())?;
                write_atomically(&folder.join(SPLIT), &split)?;
            }
            write_atomically(&folder.join(CONFIG), toml::to_string(&run.config)?.as_bytes())
        };
        write().inspect_err(|_| run.discard())?;
        Ok(run)
    }

    /// Open a run's folder to train it on, and lock it, on the first rank; the others are given its configuration.
    ///
    /// # Errors
    /// Return an error as [`Run::open`], or if another training writes to it.
    pub fn resume(folder: &Path) -> anyhow::Result<Self> {
        let mut opened = None;
        let config = ranks::from_first(|| {
            Self::open(folder)?;
            let lock = lock(folder)?;
            remove_temporary(folder)?;
            // Read again: a training may have ended in between.
            let run = Self { lock: Some(Arc::new(lock)), ..Self::open(folder)? };
            Ok(toml::to_string(&opened.insert(run).config)?)
        })?;
        match opened {
            Some(run) => Ok(run),
            None => Ok(Self { folder: folder.into(), config: toml::from_str(&config)?, lock: None }),
        }
    }

    /// Remove what a start without a checkpoint has written, and the folder if it is empty then.
    fn discard(&self) {
        // What cannot be removed is named when the folder is used again.
        for name in [&[CONFIG, FINGERPRINT, SPLIT, METRICS, LOCK][..], &halves::FILES].concat() {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
        let _ = std::fs::remove_dir(&self.folder);
    }

    /// Do `training`, unless the run is finished; note that it is afterwards. A training that fails before its first checkpoint
    /// leaves no folder.
    ///
    /// # Errors
    /// Return the error of `training`, or an error if the trained model's scores are not finite, or a file cannot be written.
    pub(super) fn until_finished(
        &self,
        loaded: &Loaded,
        training: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let is_finished = ranks::from_first(|| {
            ensure!(self.lock.is_some(), "{} is not locked for training", self.folder.display());
            Ok(check_finished(&self.folder).is_ok())
        })?;
        if is_finished {
            return Ok(());
        }
        let outcome = training();
        if ranks::is_first() && outcome.is_err() && !self.has_checkpoint() {
            self.discard();
        }
        outcome?;
        ranks::first(|| {
            self.learned(loaded)?;
            let files = [&[CONFIG, FINGERPRINT, SPLIT, METRICS, CHECKPOINT, READOUT][..], &halves::FILES].concat();
            note_finished(&self.folder, &files)
        })?;
        Ok(())
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
        Ok(Self { folder: folder.into(), config, lock: None })
    }

    /// Return the model of the run, and check that it serves a session.
    pub(super) fn learned(&self, loaded: &Loaded) -> anyhow::Result<Trained> {
        let trained = match &self.config.preset {
            Preset::Halves(_) => Trained::Halves(halves::read_model(self, loaded)?),
            Preset::Network(preset) => Trained::Network(self.model(&loaded.encoded, preset)?),
        };
        prove(&trained.recommender(&loaded.encoded)?, loaded.encoded.user_vocabularies.len()).with_context(|| {
            format!("the model in {} has diverged: train anew with lower rates in the preset", self.folder.display())
        })?;
        Ok(trained)
    }

    /// Return whether the run has a checkpoint.
    pub(super) fn has_checkpoint(&self) -> bool {
        [CHECKPOINT, FORMER].iter().any(|name| self.folder.join(name).exists())
    }

    /// Load the run's data.
    ///
    /// # Errors
    /// Return an error if the data cannot be read, or has changed since the run started: the weights belong to its
    /// rows.
    pub fn load(&self) -> anyhow::Result<Loaded> {
        let loaded = self.config.load()?;
        let fingerprint = loaded.fingerprint()?;
        let path = self.folder.join(FINGERPRINT);
        ranks::first(|| {
            let noted = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            ensure!(
                noted == fingerprint,
                "the data {} or its split has changed since the run in {} started, or its {FINGERPRINT} is damaged: train anew in \
                 another folder",
                self.config.data,
                self.folder.display()
            );
            Ok(())
        })?;
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

    /// Read the latest checkpoint, of a state with the shapes of `like`; if it is damaged or missing, the one before.
    ///
    /// # Errors
    /// Return an error if both are damaged, or do not fit the run's other files.
    pub(super) fn read_checkpoint(&self, like: &State) -> anyhow::Result<State> {
        let [latest, former] = [CHECKPOINT, FORMER].map(|name| self.folder.join(name));
        let (path, bytes) = match checkpoint::load(&latest) {
            Ok(bytes) => (latest, bytes),
            Err(error) if former.exists() => {
                note(&format!("{error:#}; the checkpoint before it is used"));
                let bytes =
                    checkpoint::load(&former).with_context(|| format!("{error:#}, and so is the one before"))?;
                if self.lock.is_some() && latest.exists() {
                    // The next checkpoint must not take the place of the sound one.
                    std::fs::remove_file(&latest).with_context(|| format!("cannot remove {}", latest.display()))?;
                }
                (former, bytes)
            }
            Err(error) => return Err(error.context("train anew in another folder")),
        };
        let (state, files) = checkpoint::parse(&bytes, like)
            .with_context(|| format!("{} is not a checkpoint of this run", path.display()))?;
        self.metrics_until(state.epoch)?;
        ensure!(
            files == self.files()?,
            "{CONFIG} or {FINGERPRINT} in {} is damaged, or has changed since the checkpoint was written: restore it, or \
             train anew in another folder",
            self.folder.display()
        );
        Ok(state)
    }

    /// Return the SHA-256 of the data that the run learned from, in hexadecimal.
    ///
    /// # Errors
    /// Return an error if the file that notes it cannot be read.
    pub fn data_sha256(&self) -> anyhow::Result<String> {
        let path = self.folder.join(FINGERPRINT);
        let noted = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(noted.lines().next().unwrap_or_default().to_owned())
    }

    /// Return the SHA-256 of configuration and fingerprint.
    fn files(&self) -> anyhow::Result<String> {
        let path = self.folder.join(FINGERPRINT);
        let fingerprint = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(sha256((toml::to_string(&self.config)? + &fingerprint).as_bytes()))
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
        Ok(Model { readout: self.readout()?, ..learner.model(preset.local.update) })
    }

    /// Fit the read-out of a trained `model`, and save it.
    ///
    /// # Errors
    /// Return an error if the catalogue makes the folded model too large, or the file cannot be written.
    pub(super) fn fit_readout(&self, encoded: &Encoded, model: &Model) -> anyhow::Result<()> {
        let readout = readout::fit(model, encoded, self.config.seed)?;
        ranks::first(|| write_atomically(&self.folder.join(READOUT), &serde_json::to_vec(&readout)?))?;
        Ok(())
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

    /// Save the metrics of the latest epoch, then the checkpoint. Metrics beyond the checkpoint's epoch are ignored.
    ///
    /// # Errors
    /// Return an error that names the file that cannot be written.
    pub fn save(&self, state: &State, metrics: EpochMetrics) -> anyhow::Result<()> {
        let State { epoch, theta, rates, adam } = state;
        let mut numbers = [theta, rates, &adam.first, &adam.second].into_iter().flatten();
        ensure!(
            numbers.all(|number| number.is_finite()),
            "the parameters after epoch {epoch} are not finite, and are not saved: lower the learning rate or local.rate in the preset"
        );
        let mut lines = self.metrics_until(epoch - 1)?;
        lines.push(metrics);
        let lines: Vec<String> = lines.iter().map(seal).collect::<Result<_, _>>()?;
        write_atomically(&self.folder.join(METRICS), (lines.join("\n") + "\n").as_bytes())?;
        let [path, former] = [CHECKPOINT, FORMER].map(|name| self.folder.join(name));
        checkpoint::write(&path, &former, state, &self.files()?)
    }

    /// Return the metrics of all epochs.
    ///
    /// # Errors
    /// Return an error if the file is not what [`Run::save`] wrote.
    pub fn metrics(&self) -> anyhow::Result<Vec<EpochMetrics>> {
        let path = self.folder.join(METRICS);
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let line = |(index, line): (usize, &str)| {
            unseal(line).with_context(|| format!("{}:{}: {line}", path.display(), index + 1))
        };
        text.lines().enumerate().map(line).collect()
    }

    /// Return the metrics of the first `epochs` epochs.
    fn metrics_until(&self, epochs: usize) -> anyhow::Result<Vec<EpochMetrics>> {
        if epochs == 0 {
            return Ok(Vec::new());
        }
        let mut metrics = self.metrics()?;
        ensure!(
            metrics.len() >= epochs,
            "{} has {} lines, expected one for each of the {epochs} epochs of the checkpoint: restore it, or train anew in \
             another folder",
            self.folder.join(METRICS).display(),
            metrics.len()
        );
        metrics.truncate(epochs);
        Ok(metrics)
    }
}
