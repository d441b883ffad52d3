//! A finished run, opened to be measured, exported or updated.

use crate::data::{Dataset, Split};
use crate::placing::Changes;
use crate::preset::Preset;
use crate::terminal::note;
use crate::train::config::RunConfig;
use crate::train::finished::{check_finished, finished_sha256};
use crate::train::former_run::FormerRun;
use crate::train::halves;
use crate::train::loaded::Loaded;
use crate::train::run::{Run, SPLIT};
use crate::train::trained::Trained;
use anyhow::{Context, ensure};
use std::path::Path;

impl Run {
    /// Open a finished run with its data and model, and print the data's notice on stderr.
    ///
    /// # Errors
    /// Return an error if training has not finished, or the data has changed.
    pub fn trained(folder: &Path) -> anyhow::Result<(Self, Loaded, Trained)> {
        let run = Self::open(folder)?;
        check_finished(folder)?;
        let loaded = run.load()?;
        note(&format!("{}: {}", loaded.data.name, loaded.data.notice));
        let trained = run.learned(&loaded)?;
        Ok((run, loaded, trained))
    }

    /// Open a finished run over another catalogue, that of `data`, whose name or folder is `source`: items that it has not seen are
    /// placed by their fields. The run that is returned names that data.
    ///
    /// # Errors
    /// Return an error if training has not finished, the preset is a network's, or the data does not fit.
    pub fn trained_over(
        folder: &Path,
        data: Dataset,
        source: String,
    ) -> anyhow::Result<(Self, Loaded, Trained, Changes)> {
        let run = Self::open(folder)?;
        check_finished(folder)?;
        ensure!(
            matches!(run.config.preset, Preset::Halves(_)),
            "--data: the preset {} has an embedding for each item that it learned from, and none for others: train anew",
            run.config.preset.name()
        );
        let (loaded, halves, changes) = halves::over(&run, data, source.clone())?;
        note(&format!("{}: {}", loaded.data.name, loaded.data.notice));
        let run = Self { config: RunConfig { data: source, split: None, ..run.config }, ..run };
        Ok((run, loaded, Trained::Halves(halves), changes))
    }

    /// Return the configuration of a finished run, and what an update of it by some epochs notes of it.
    ///
    /// # Errors
    /// Return an error if training has not finished, or the preset is a network's.
    pub fn updatable(folder: &Path, epochs: usize) -> anyhow::Result<(RunConfig, FormerRun)> {
        let Self { config, .. } = Self::open(folder)?;
        check_finished(folder)?;
        ensure!(
            matches!(config.preset, Preset::Halves(_)),
            "the preset {} cannot be updated, only default: train anew",
            config.preset.name()
        );
        let updates = 1 + config.former.as_ref().map_or(0, |former| former.updates);
        let path = std::path::absolute(folder).with_context(|| folder.display().to_string())?;
        Ok((config, FormerRun { folder: path, sha256: finished_sha256(folder)?, updates, epochs }))
    }

    /// Check that an update with the split in `path` would measure on nobody of whom the run in `folder`, or one that it goes on from,
    /// has learned.
    ///
    /// # Errors
    /// Return an error that names such a user, or if a split cannot be read.
    pub fn check_split(folder: &Path, path: &Path) -> anyhow::Result<()> {
        let kept = folder.join(SPLIT);
        ensure!(
            kept.exists(),
            "{} has no {SPLIT}: this run was trained before runs kept their split: train it anew",
            folder.display()
        );
        Ok(Split::check_update(path, &kept)?)
    }

    /// Return what a finished run of the default model learned from and what it left out, as counts by name.
    ///
    /// # Errors
    /// Return an error if its model cannot be read.
    pub fn learned_from(&self) -> anyhow::Result<Vec<(String, f64)>> {
        halves::read_learned(self)
    }
}
