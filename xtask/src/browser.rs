//! What the tests in `tests/browser/` need, and the tests themselves.

use crate::model::{COMICS, FILMS, Model, build_trainer};
use crate::process::{command, run};
use crate::steps::{Outcome, Steps};
use crate::workspace::Workspace;
use crate::{npm, package, tools};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// The presets of which native and wasm predictions are compared: every kind of model and local update.
const PARITY: [&str; 9] = ["default", "ratings", "picks", "gradient", "ridge", "melu", "maml", "anil", "few-shot-dot"];

/// The package with its WebAssembly, and a bundle to load with it.
pub fn prepare(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    steps.run("wasm for the package", || package::build(workspace))?;
    steps.run("trainer", || build_trainer(workspace))?;
    steps.run("demo bundle", || demo_bundle(workspace))?;
    steps.run("npm packages: browser", || npm::install(workspace, &folder(workspace)))
}

pub fn run_tests(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    steps.run("comics bundle", || comics_bundle(workspace))?;
    steps.run("visitors", || visitors(workspace))?;
    for preset in PARITY {
        steps.run(&format!("{preset} bundle"), || parity_bundle(workspace, preset))?;
    }
    steps.run("browser", || node_tests(workspace))
}

/// The bundle of `cargo xtask demo`, from the same run, without touching what is being served.
fn demo_bundle(workspace: &Workspace) -> Result<Outcome> {
    let bundles = bundles(workspace);
    fs::create_dir_all(&bundles).with_context(|| format!("cannot make {}", bundles.display()))?;
    let model = films(workspace);
    model.train(workspace)?;
    model.export(workspace, &bundles.join("demo"), None)
}

/// Of the demo's comics, briefly trained. After a single epoch the steps of the local update need not lower the loss yet.
fn comics_bundle(workspace: &Workspace) -> Result<Outcome> {
    let run = bundles(workspace).join("comics-run");
    let model = Model { data: COMICS.into(), preset: None, epochs: Some(4), run };
    model.train(workspace)?;
    model.export(workspace, &bundles(workspace).join("comics"), None)
}

/// Some of those for the demo's comparison of questions.
fn visitors(workspace: &Workspace) -> Result<Outcome> {
    films(workspace).visitors(workspace, 12, &bundles(workspace).join("visitors.json"))
}

fn films(workspace: &Workspace) -> Model {
    Model { data: FILMS.into(), preset: None, epochs: None, run: workspace.root.join("runs/demo-films") }
}

fn bundles(workspace: &Workspace) -> PathBuf {
    workspace.target.join("browser-tests")
}

/// Briefly trained, and in f32, so that rounding does not hide a difference.
fn parity_bundle(workspace: &Workspace, preset: &str) -> Result<Outcome> {
    let bundles = bundles(workspace);
    let run = bundles.join(format!("{preset}-run"));
    let model = Model { data: FILMS.into(), preset: Some(preset.into()), epochs: Some(1), run };
    model.train(workspace)?;
    model.export(workspace, &bundles.join(preset), Some("f32"))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("tests/browser")
}

fn node_tests(workspace: &Workspace) -> Result<Outcome> {
    let mut node = command(workspace, tools::node()?);
    // Two files at a time: most of a test is waiting.
    node.args(["--test", "--test-concurrency=2"]).current_dir(folder(workspace));
    node.env("CHROMIUM", tools::chromium()?).env("FIREFOX", tools::firefox()?);
    node.env("TRAINER", workspace.trainer());
    node.env("BUNDLES", bundles(workspace));
    run(&mut node, "run again with `cargo xtask test --only browser`")?;
    Ok(Outcome::Done)
}
