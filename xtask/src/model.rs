//! A trained and exported model, made again only when something it depends on has changed.

use crate::process::{cargo, command, run};
use crate::stamp::{Fingerprint, Stamp};
use crate::steps::Outcome;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The embedded data of the trainer.
pub const FILMS: &str = "films";

pub struct Model {
    /// `films`, or the path of a folder.
    pub data: String,
    /// A preset's name, or the path of its TOML file.
    pub preset: String,
    /// A limit to the number of epochs, where the preset's own would take too long.
    pub epochs: Option<u32>,
    /// The run folder.
    pub run: PathBuf,
}

/// Builds the trainer's command line.
pub fn build_trainer(workspace: &Workspace) -> Result<Outcome> {
    run(cargo(workspace).args(["build", "--release", "--package", "trainer"]), "see the compiler's message above")?;
    Ok(Outcome::Done)
}

impl Model {
    /// Trains into the run folder; an interrupted run of the same inputs goes on where it stopped.
    pub fn train(&self, workspace: &Workspace) -> Result<Outcome> {
        let inputs = self.inputs(workspace)?;
        let started = Stamp::new(workspace, "started", &self.run);
        let finished = Stamp::new(workspace, "finished", &self.run);
        if finished.holds(&inputs) && self.run.is_dir() {
            return Ok(Outcome::Unchanged);
        }
        let mut trainer = command(workspace, workspace.trainer());
        trainer.args(["train", "--data", &self.data, "--preset", &self.preset, "--out"]);
        trainer.arg(workspace.relative(&self.run));
        if let Some(epochs) = self.epochs {
            trainer.arg("--epochs").arg(epochs.to_string());
        }
        if started.holds(&inputs) && self.run.join("config.toml").is_file() {
            trainer.arg("--resume");
        } else {
            remove_folder(&self.run)?;
            started.write(&inputs)?;
        }
        run(&mut trainer, "see the trainer's message above")?;
        finished.write(&inputs)?;
        Ok(Outcome::Done)
    }

    /// Exports the trained run as a bundle; `precision` is the trainer's own choice where it is not given.
    pub fn export(&self, workspace: &Workspace, bundle: &Path, precision: Option<&str>) -> Result<Outcome> {
        let manifest = bundle.join("manifest.json");
        let inputs = Fingerprint::default().text(&self.inputs(workspace)?).text(precision.unwrap_or_default()).hex();
        let contents = || anyhow::Ok(inputs.clone() + &Fingerprint::default().file(&manifest)?.hex());
        let stamp = Stamp::new(workspace, "exported", bundle);
        if contents().is_ok_and(|contents| stamp.holds(&contents)) {
            return Ok(Outcome::Unchanged);
        }
        let mut trainer = command(workspace, workspace.trainer());
        trainer.arg("export").arg("--run").arg(workspace.relative(&self.run));
        trainer.arg("--out").arg(workspace.relative(bundle));
        if let Some(precision) = precision {
            trainer.args(["--precision", precision]);
        }
        run(&mut trainer, "see the trainer's message above")?;
        stamp.write(&contents()?)?;
        Ok(Outcome::Done)
    }

    /// Everything that the trained weights depend on.
    fn inputs(&self, workspace: &Workspace) -> Result<String> {
        let mut inputs = Fingerprint::default().file(&workspace.trainer())?;
        inputs = inputs.text(&self.data).text(&self.preset).text(&format!("{:?}", self.epochs));
        if self.data != FILMS {
            inputs = inputs.listing(Path::new(&self.data))?;
        }
        if is_file_name(&self.preset) {
            inputs = inputs.file(Path::new(&self.preset))?;
        }
        Ok(inputs.hex())
    }
}

/// `--preset` takes a name or a file; only the latter ends like this.
pub fn is_file_name(preset: &str) -> bool {
    preset.ends_with(".toml")
}

/// Removes what an earlier run left; refuses a path that is something else than a folder.
fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        bail!("{} is in the way: expected a folder or nothing; move it away", folder.display());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove the old {}", folder.display()))
}
