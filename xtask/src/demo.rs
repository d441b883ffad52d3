//! `cargo xtask demo`: from the sources to the page in one command.

use crate::model::{FILMS, Model, build_trainer, is_embedded, is_file_name};
use crate::process::{command, run};
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{package, tools};
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::net::TcpListener;
use std::path::{Path, absolute};

/// Train a model, build the package and serve the demo page.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask demo                          the embedded films, at http://127.0.0.1:8080/
  cargo xtask demo --port 3000              at another port
  cargo xtask demo --preset gradient        MeLU's own local update; melu: as in the paper
  cargo xtask demo --data comics            picks instead of ratings
  cargo xtask demo --data path/to/ml-1m     MovieLens-1M, or a folder of your own CSV files
  cargo xtask demo --no-serve               only make www/bundle and pkg/, for any static server

What has not changed since the last time is not made again. Stop the server with Ctrl-C.")]
pub struct Demo {
    /// Port on the loopback address; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// `films`, `comics`, or a folder of ratings or picks in a format that `trainer train --help` describes
    #[arg(long, default_value = FILMS, value_name = "films|comics|DIR")]
    data: String,
    /// Name of a preset, or a TOML file like one [default: ratings; picks for data without ratings]
    #[arg(long, value_name = "NAME|FILE.toml")]
    preset: Option<String>,
    /// Stop before serving
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let model = self.model(workspace)?;
        let bundle = workspace.root.join("www/bundle");
        if !self.no_serve {
            self.check_port()?;
        }
        let mut steps = Steps::default();
        steps.run("wasm32 target", || tools::wasm_target(workspace))?;
        steps.run("package", || package::build(workspace))?;
        steps.run("trainer", || build_trainer(workspace))?;
        steps.run("train", || model.train(workspace))?;
        steps.run("export", || model.export(workspace, &bundle, None))?;
        steps.run("report", || model.report(workspace, &workspace.root.join("www/report.html")))?;
        if self.no_serve {
            eprintln!("==> ready: www/, pkg/ and www/bundle/ are made");
            return Ok(());
        }
        eprintln!("==> serve (Ctrl-C stops it)");
        let mut trainer = command(workspace, workspace.trainer());
        trainer.args(["serve", "--bundle", "www/bundle", "--port", &self.port.to_string()]);
        run(&mut trainer, "see the trainer's message above")
    }

    fn model(&self, workspace: &Workspace) -> Result<Model> {
        let data =
            if is_embedded(&self.data) { self.data.clone() } else { existing(&self.data, "--data", Path::is_dir)? };
        let preset = match &self.preset {
            Some(file) if is_file_name(file) => Some(existing(file, "--preset", Path::is_file)?),
            preset => preset.clone(),
        };
        let name: String =
            [Some(&data), preset.as_ref()].into_iter().flatten().map(|part| format!("-{}", slug(part))).collect();
        let run = workspace.root.join(format!("runs/demo{name}"));
        Ok(Model { data, preset, epochs: None, run })
    }

    /// Finding the port taken after a minute of training would be late.
    fn check_port(&self) -> Result<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port));
        listener.map(drop).with_context(|| format!("port {} cannot be used: choose another with --port", self.port))
    }
}

/// The absolute path of `argument`, which the steps need as they start in the workspace's root.
fn existing(argument: &str, option: &str, is_expected: fn(&Path) -> bool) -> Result<String> {
    let path = absolute(argument).with_context(|| format!("{option} {argument} is not a path"))?;
    ensure!(
        is_expected(&path),
        "{option} {argument}: there is no such {}",
        match option {
            "--data" => "folder; expected `films`, `comics` or a folder of ratings or picks",
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
