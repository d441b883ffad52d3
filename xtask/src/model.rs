//! A trained and exported model, made again only when something it depends on has changed.

use crate::process::{cargo, command, run};
use crate::stamp::{Fingerprint, Stamp};
use crate::steps::Outcome;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// The embedded data of the trainer that has ratings.
pub const FILMS: &str = "films";

/// The embedded data of the trainer that has picks.
pub const COMICS: &str = "comics";

/// Whether `data` comes with the trainer, rather than being a folder.
fn is_embedded(data: &str) -> bool {
    [FILMS, COMICS].contains(&data)
}

pub struct Model {
    /// Name of an embedded data set, or the path of a folder.
    pub data: String,
    /// A preset's name, or the path of its TOML file; the trainer's own choice where it is not given.
    pub preset: Option<String>,
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
        trainer.args(["train", "--data", &self.data, "--out"]).arg(workspace.relative(&self.run));
        if let Some(preset) = &self.preset {
            trainer.args(["--preset", preset]);
        }
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

    /// Exports the trained run as a bundle, without keeping the one before; `precision` is the trainer's own choice where it is not
    /// given.
    pub fn export(&self, workspace: &Workspace, bundle: &Path, precision: Option<&str>) -> Result<Outcome> {
        let precision = precision.into_iter().flat_map(|precision| ["--precision", precision]);
        let options: Vec<&str> = ["--keep", "0"].into_iter().chain(precision).collect();
        self.derive(workspace, "export", &options, bundle, &bundle.join("manifest.json"))
    }

    /// Writes the trained run's report as an HTML file.
    pub fn report(&self, workspace: &Workspace, file: &Path) -> Result<Outcome> {
        self.derive(workspace, "report", &[], file, file)
    }

    /// Writes held-out users of the trained run, at most `count`, for the page that compares ways of asking.
    pub fn visitors(&self, workspace: &Workspace, count: u32, file: &Path) -> Result<Outcome> {
        self.derive(workspace, "visitors", &["--count", &count.to_string()], file, file)
    }

    /// Has a subcommand of the trainer make `out` of the trained run, unless it did so already and `written`, a file
    /// that is different whenever `out` is, is still there as it was.
    fn derive(
        &self,
        workspace: &Workspace,
        subcommand: &str,
        options: &[&str],
        out: &Path,
        written: &Path,
    ) -> Result<Outcome> {
        let inputs = Fingerprint::default().text(&self.inputs(workspace)?).text(&options.join(" ")).hex();
        let contents = || anyhow::Ok(inputs.clone() + &Fingerprint::default().file(written)?.hex());
        let stamp = Stamp::new(workspace, subcommand, out);
        if contents().is_ok_and(|contents| stamp.holds(&contents)) {
            return Ok(Outcome::Unchanged);
        }
        let mut trainer = command(workspace, workspace.trainer());
        trainer.args([subcommand, "--run"]).arg(workspace.relative(&self.run));
        trainer.arg("--out").arg(workspace.relative(out)).args(options);
        run(&mut trainer, "see the trainer's message above")?;
        stamp.write(&contents()?)?;
        Ok(Outcome::Done)
    }

    /// Everything that the trained weights depend on.
    fn inputs(&self, workspace: &Workspace) -> Result<String> {
        let mut inputs = Fingerprint::default().file(&workspace.trainer())?;
        inputs = inputs.text(&self.data).text(&format!("{:?} {:?}", self.preset, self.epochs));
        if !is_embedded(&self.data) {
            inputs = inputs.listing(Path::new(&self.data))?;
        }
        if let Some(file) = self.preset.as_deref().filter(|preset| is_file_name(preset)) {
            inputs = inputs.file(Path::new(file))?;
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
