//! `cargo xtask package`: the npm package as it is published; and the checks that it can be used.

use crate::process::{command, run};
use crate::steps::{Outcome, Steps};
use crate::workspace::Workspace;
use crate::{npm, package, tools};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::Command;

/// Build the npm package into target/package, and print what it weighs.
#[derive(Args)]
#[command(after_help = "\
The tarball in target/package is what `npm publish` takes. Its dist/few-clicks.js is everything in one file, WebAssembly
included; the hash that is printed goes into the `integrity` of its script element.")]
pub struct Package {}

impl Package {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let mut steps = Steps::default();
        steps.run("wasm32 target", || tools::wasm_target(workspace))?;
        steps.run("wasm", || package::build(workspace))?;
        steps.run("npm packages: packaging", || npm::install(workspace, &folder(workspace)))?;
        steps.run("package", || build(workspace))
    }
}

/// The package from its sources to the first recommendations in pages that others could have built with it.
pub fn run_tests(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    steps.run("npm packages: packaging", || npm::install(workspace, &folder(workspace)))?;
    steps.run("package", || build(workspace))?;
    steps.run("package checks", || checks(workspace))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("packaging")
}

fn build(workspace: &Workspace) -> Result<Outcome> {
    run(script(workspace)?.arg("build"), "see the message above")?;
    Ok(Outcome::Done)
}

fn checks(workspace: &Workspace) -> Result<Outcome> {
    let mut npm = script(workspace)?;
    npm.env("CHROMIUM", tools::chromium()?);
    npm.env("BUNDLES", workspace.target.join("browser-tests"));
    run(npm.arg("test"), "run again with `cargo xtask test --only package`")?;
    Ok(Outcome::Done)
}

fn script(workspace: &Workspace) -> Result<Command> {
    let mut npm = command(workspace, tools::npm()?);
    npm.args(["run", "--silent"]).current_dir(folder(workspace));
    npm.env("NPM", tools::npm()?).env("OUT", workspace.target.join("package"));
    Ok(npm)
}
