//! `cargo xtask bench-browser`: the model beside the same arithmetic in other JavaScript, in one browser.

use crate::demo::Demo;
use crate::process::{cargo, command, run};
use crate::publish::Package;
use crate::steps::{Outcome, Steps};
use crate::workspace::Workspace;
use crate::{npm, tools};
use anyhow::{Context, Result};
use clap::Args;
use std::path::{Path, PathBuf, absolute};

/// Measure the model in headless Chromium, beside plain JavaScript and TensorFlow.js.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench-browser                     medians, and in brackets the 95th percentile
  cargo xtask bench-browser --json bench.json   and everything in a file

All do the same arithmetic with the same synthetic weights, and the command fails where their lists of the 20 best differ.
The demo's bundles, of ratings and of picks, are measured too; they are made first, which takes a minute once.")]
pub struct BenchBrowser {
    /// Write what was measured to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How often each task is timed, after warm-up
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    repetitions: u32,
}

/// Numbers of items, and how their numbers are stored: as many as MovieLens-1M has films, many, and very many.
const MODELS: [(u32, &str); 3] = [(3_706, "f32"), (100_000, "f32"), (1_000_000, "int8")];

impl BenchBrowser {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let json = self.json.as_ref().map(absolute).transpose().context("--json is not a path")?;
        let folder = workspace.root.join("bench");
        let made = workspace.target.join("bench");
        let mut steps = Steps::default();
        Demo::MADE.run(workspace)?;
        Package {}.run(workspace)?;
        for (items, precision) in MODELS {
            steps.run(&format!("model of {items} items"), || model(workspace, &made, items, precision))?;
        }
        steps.run("npm packages: bench", || npm::install(workspace, &folder))?;
        let mut node = command(workspace, tools::node()?);
        node.env("CHROMIUM", tools::chromium()?).current_dir(&folder);
        node.arg("run.mjs").arg("--made").arg(&made);
        node.arg("--published").arg(workspace.target.join("package/fewclicks"));
        node.args(["--repetitions", &self.repetitions.to_string()]);
        if let Some(json) = json {
            node.arg("--json").arg(json);
        }
        run(&mut node, "see the message above")
    }
}

/// Random weights, as a bundle and for those that read none.
fn model(workspace: &Workspace, made: &Path, items: u32, precision: &str) -> Result<Outcome> {
    let mut cargo = cargo(workspace);
    cargo.args(["run", "--quiet", "--package", "xtask", "--example", "bench_bundle", "--"]);
    cargo.arg(made.join(format!("items-{items}"))).args([&items.to_string(), precision]);
    run(&mut cargo, "see the message above")?;
    Ok(Outcome::Done)
}
