//! What must be installed beyond cargo itself, and how to come by it.

use crate::process::{command, find, run, succeeds};
use crate::steps::Outcome;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::path::PathBuf;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that Rust's standard library for wasm32 is there.
pub fn wasm_target(workspace: &Workspace) -> Result<Outcome> {
    let mut rustc = command(workspace, "rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    let folder = rustc.output().context("cannot start rustc: is Rust installed (https://rustup.rs)?")?;
    if PathBuf::from(String::from_utf8_lossy(&folder.stdout).trim()).is_dir() {
        return Ok(Outcome::Unchanged);
    }
    if find("rustup").is_none() {
        bail!(
            "the standard library for {WASM} is missing and there is no rustup to add it: install it as your Rust was \
             installed (Debian: apt-get install libstd-rust-dev-wasm32), or Rust itself from https://rustup.rs"
        );
    }
    let advice = format!("with a network connection, run `rustup target add {WASM}` and try again");
    run(command(workspace, "rustup").args(["target", "add", WASM]), &advice)?;
    Ok(Outcome::Done)
}

/// Makes sure that `cargo fmt` and `cargo clippy` are there.
pub fn components(workspace: &Workspace) -> Result<Outcome> {
    let missing = [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")]
        .into_iter()
        .filter(|(_, program)| !succeeds(command(workspace, program).arg("--version")))
        .map(|(component, _)| component)
        .collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    let advice = format!("install {} as your Rust was installed", missing.join(" and "));
    run(command(workspace, "rustup").args(["component", "add"]).args(missing), &advice)?;
    Ok(Outcome::Done)
}

/// A program that the browser tests need, and the Debian or Ubuntu package that has it.
struct Program {
    names: &'static [&'static str],
    /// The environment variable that may name it instead.
    variable: &'static str,
    package: &'static str,
}

const CHROMIUM: Program =
    Program { names: &["chromium", "chromium-browser", "google-chrome"], variable: "CHROMIUM", package: "chromium" };
const DRIVER: Program = Program { names: &["chromedriver"], variable: "CHROMEDRIVER", package: "chromium-driver" };
const FIREFOX: Program = Program { names: &["firefox-esr", "firefox"], variable: "FIREFOX", package: "firefox-esr" };
const NODE: Program = Program { names: &["node", "nodejs"], variable: "NODE", package: "nodejs" };
const NPM: Program = Program { names: &["npm"], variable: "NPM", package: "npm" };

impl Program {
    fn locate(&self) -> Option<PathBuf> {
        let named = env::var_os(self.variable).map(PathBuf::from);
        named.or_else(|| self.names.iter().find_map(|name| find(name)))
    }

    fn expect(&self) -> Result<PathBuf> {
        let Self { names, variable, package } = self;
        let found = self.locate();
        found.with_context(|| format!("{} is not on PATH: install {package} or set {variable} to its path", names[0]))
    }
}

pub fn chromium() -> Result<PathBuf> {
    CHROMIUM.expect()
}

pub fn chromedriver() -> Result<PathBuf> {
    DRIVER.expect()
}

pub fn firefox() -> Result<PathBuf> {
    FIREFOX.expect()
}

pub fn node() -> Result<PathBuf> {
    NODE.expect()
}

pub fn npm() -> Result<PathBuf> {
    NPM.expect()
}

/// Makes sure that Chromium and its driver are there, and where `node` is set Firefox, and Node.js with npm.
pub fn browser(workspace: &Workspace, node: bool) -> Result<Outcome> {
    let wanted = if node { &[CHROMIUM, DRIVER, FIREFOX, NODE, NPM][..] } else { &[CHROMIUM, DRIVER] };
    let missing = wanted.iter().filter(|program| program.locate().is_none()).map(|program| program.package);
    let missing = missing.collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    apt_install(workspace, &missing)?;
    Ok(Outcome::Done)
}

/// Makes sure that Open MPI is there, with what its Rust bindings are built with.
pub fn mpi(workspace: &Workspace) -> Result<Outcome> {
    if find("mpirun").is_some() && find("mpicc").is_some() {
        return Ok(Outcome::Unchanged);
    }
    apt_install(workspace, &["openmpi-bin", "libopenmpi-dev", "libclang-dev"])?;
    Ok(Outcome::Done)
}

/// A Python with numpy in `target/`, for the test that compares our metrics with a scorer beside the repository; `None`
/// where there is no such scorer, or Python cannot make an environment (the test then says that it is skipped).
pub fn python(workspace: &Workspace) -> Option<PathBuf> {
    if !workspace.root.join("../shared/score.py").is_file() {
        return None;
    }
    let folder = workspace.root.join("target/python");
    let python = folder.join("bin/python");
    if !succeeds(command(workspace, &python).args(["-c", "import numpy"])) {
        let made = succeeds(command(workspace, "python3").args(["-m", "venv"]).arg(&folder));
        let install = ["-m", "pip", "install", "--quiet", "numpy"];
        (made && succeeds(command(workspace, &python).args(install))).then_some(())?;
    }
    Some(python)
}

fn apt_install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let packages_by_hand = format!(
        "install {} with your system's package manager, or point {}, {}, {}, {} and {} to the programs",
        packages.join(", "),
        CHROMIUM.variable,
        DRIVER.variable,
        FIREFOX.variable,
        NODE.variable,
        NPM.variable,
    );
    if find("apt-get").is_none() {
        bail!("this system has no apt-get, so {packages_by_hand}");
    }
    let root = command(workspace, "id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !root && !succeeds(command(workspace, "sudo").args(["--non-interactive", "true"])) {
        bail!("apt-get needs root or sudo without a password, so {packages_by_hand}");
    }
    run(apt(workspace, root).arg("update"), &packages_by_hand)?;
    run(apt(workspace, root).args(["install", "--yes", "--no-install-recommends"]).args(packages), &packages_by_hand)
}

fn apt(workspace: &Workspace, root: bool) -> Command {
    let mut apt = command(workspace, if root { "apt-get" } else { "sudo" });
    if !root {
        apt.args(["--non-interactive", "apt-get"]);
    }
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
