//! `cargo xtask demo`: from the sources to the page in one command.

use crate::model::{COMICS, FILMS, Model, build_trainer, is_file_name};
use crate::process::{command, run};
use crate::steps::Steps;
use crate::terminal::note;
use crate::workspace::Workspace;
use crate::{package, tools};
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::net::TcpListener;
use std::path::{Path, PathBuf, absolute};

/// Train models, build the package and serve the demo pages.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask demo                          the embedded films and comics, at http://127.0.0.1:8080/
  cargo xtask demo --port 3000              at another port
  cargo xtask demo --preset gradient        the films by MeLU's own local update; melu: as in the paper
  cargo xtask demo --data path/to/ml-1m     MovieLens-1M, or a folder of your own CSV files, on the films' page
  cargo xtask demo --no-serve               only make what the pages need, for any static server

What has not changed since the last time is not made again. Stop the server with Ctrl-C.")]
pub struct Demo {
    /// Port on the loopback address; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// A folder of ratings or picks in a format that `trainer train --help` describes [default: the embedded data]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Name of a preset, or a TOML file like one [default: default]
    #[arg(long, value_name = "NAME|FILE.toml")]
    preset: Option<String>,
    /// Stop before serving
    #[arg(long)]
    no_serve: bool,
}

/// A page's model, and the folder of the page.
struct Page {
    model: Model,
    folder: PathBuf,
}

/// What the preset's own epochs, at most 40, make little better, and would take some minutes for.
const COMICS_EPOCHS: u32 = 8;

/// More than the films have held-out users: the more of them, the less is chance.
const VISITORS: u32 = 300;

impl Demo {
    /// What the pages need, and no server.
    pub const MADE: Self = Self { port: 0, data: None, preset: None, no_serve: true };

    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let pages = self.pages(workspace)?;
        if !self.no_serve {
            self.check_port()?;
        }
        let mut steps = Steps::default();
        steps.run("wasm32 target", || tools::wasm_target(workspace))?;
        steps.run("package", || package::build(workspace))?;
        steps.run("trainer", || build_trainer(workspace))?;
        for page in &pages {
            self.make(page, workspace, &mut steps)?;
        }
        note!("{steps}");
        if self.no_serve {
            note!("==> ready: www/ and pkg/ are complete");
            return Ok(());
        }
        note!("==> serve (Ctrl-C stops it)");
        let mut trainer = command(workspace, workspace.trainer());
        trainer.args(["serve", "--bundle", "www/bundle", "--port", &self.port.to_string()]);
        run(&mut trainer, "see the trainer's message above")
    }

    /// Makes what a page needs beside what it is.
    fn make(&self, Page { model, folder }: &Page, workspace: &Workspace, steps: &mut Steps) -> Result<()> {
        let name = model.run.file_name().unwrap_or_default().to_string_lossy();
        steps.run(&format!("{name}: train"), || model.train(workspace))?;
        steps.run(&format!("{name}: export"), || model.export(workspace, &folder.join("bundle"), None))?;
        // The comparison of questions is of the films as they come: other data's users are people.
        if model.data == FILMS && model.preset.is_none() {
            let file = folder.join("visitors.json");
            steps.run(&format!("{name}: visitors"), || model.visitors(workspace, VISITORS, &file))?;
        }
        steps.run(&format!("{name}: report"), || model.report(workspace, &folder.join("report.html")))
    }

    fn pages(&self, workspace: &Workspace) -> Result<Vec<Page>> {
        let preset = match &self.preset {
            Some(file) if is_file_name(file) => Some(existing(file, "--preset", Path::is_file)?),
            preset => preset.clone(),
        };
        let www = workspace.root.join("www");
        if let Some(data) = &self.data {
            let data = existing(data, "--data", Path::is_dir)?;
            return Ok(vec![Page::new(workspace, data, preset, None, www)]);
        }
        let comics = www.join("comics");
        Ok(vec![
            Page::new(workspace, FILMS.into(), preset, None, www),
            Page::new(workspace, COMICS.into(), None, Some(COMICS_EPOCHS), comics),
        ])
    }

    /// Finding the port taken after a minute of training would be late.
    fn check_port(&self) -> Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port));
        listener.map(drop).with_context(|| format!("port {} cannot be used: choose another with --port", self.port))
    }
}

impl Page {
    fn new(workspace: &Workspace, data: String, preset: Option<String>, epochs: Option<u32>, folder: PathBuf) -> Self {
        let parts = [Some(&data), preset.as_ref()];
        let name: String = parts.into_iter().flatten().map(|part| format!("-{}", slug(part))).collect();
        let run = workspace.root.join(format!("runs/demo{name}"));
        Self { model: Model { data, preset, epochs, run }, folder }
    }
}

/// The absolute path of `argument`, which the steps need as they start in the workspace's root.
fn existing(argument: &str, option: &str, is_expected: fn(&Path) -> bool) -> Result<String> {
    let path = absolute(argument).with_context(|| format!("{option} {argument} is not a path"))?;
    ensure!(
        is_expected(&path),
        "{option} {argument}: there is no such {}",
        match option {
            "--data" => "folder; expected ratings or picks of your own, or no --data for the embedded films and comics",
            _ => "file; expected a preset's name or a TOML file",
        }
    );
    let path = path.into_os_string().into_string();
    path.map_err(|path| anyhow::anyhow!("{option} {}: the path is not valid UTF-8; rename it", path.display()))
}

/// The last part of a path or name, for use in a folder's name.
fn slug(name: &str) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
    stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
