//! The run that an update goes on from, as the update's configuration names it.

use crate::ranks;
use crate::train::finished::{check_finished, finished_sha256};
use crate::train::run::Run;
use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The run that an update goes on from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerRun {
    /// Path of its folder.
    pub folder: PathBuf,
    /// SHA-256 of its `finished.json`, in hexadecimal.
    pub sha256: String,
    /// The number of updates since the training from the start, this one included.
    pub updates: u64,
    /// The number of epochs of this one.
    pub epochs: usize,
}

impl FormerRun {
    /// Return this, which every rank has read, where all read the same run.
    ///
    /// # Errors
    /// Return an error if the first rank has read another one.
    pub fn on_all_ranks(self) -> anyhow::Result<Self> {
        ensure!(
            ranks::is_same(&self.sha256)?,
            "the run in {} is another one on the first rank: share the folder, or copy it to each machine",
            self.folder.display()
        );
        Ok(self)
    }

    /// Check that the run is finished, and the one that the update began with.
    ///
    /// # Errors
    /// Return an error that names its folder.
    pub fn check(&self) -> anyhow::Result<()> {
        let folder = self.folder.display();
        let is_there = || Run::open(&self.folder).and_then(|_| check_finished(&self.folder));
        is_there().with_context(|| format!("an update needs the run in {folder}, which it goes on from"))?;
        ensure!(
            finished_sha256(&self.folder)? == self.sha256,
            "the run in {folder} has changed since its update began: begin the update anew in another folder"
        );
        Ok(())
    }
}
