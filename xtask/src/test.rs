//! `cargo xtask test`: every check, the cheapest first.

use crate::process::{cargo, run};
use crate::steps::{Outcome, Steps};
use crate::terminal::note;
use crate::workspace::Workspace;
use crate::{browser, package, publish, tools};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::io::Write as _;

const WASM: [&str; 6] =
    ["--target", "wasm32-unknown-unknown", "--package", "fewclicks", "--package", "fewclicks-model"];

/// Install what the checks need, then run them all.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask test                          everything, stopping at the first failure
  cargo xtask test --only native            one check
  cargo xtask test --only fmt,clippy        some of them
  cargo xtask test --list                   what there is

Missing tools are installed with rustup and apt-get where that is possible. CHROMIUM, CHROMEDRIVER, FIREFOX, NODE and
NPM may name programs that are not on PATH.")]
pub struct Test {
    /// Run only these checks
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CHECK,…")]
    only: Vec<Check>,
    /// Print the checks and stop
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Check {
    /// Formatting
    Fmt,
    /// Licences, sources and duplicates of dependencies, where cargo-deny is installed
    Deny,
    /// Lints, natively and for wasm32, with warnings denied
    Clippy,
    /// Documentation, natively and for wasm32, with warnings denied
    Doc,
    /// Unit and integration tests of all crates
    Native,
    /// Training on several ranks of MPI
    Ranks,
    /// Tests of the bindings and the model in headless Chromium
    Wasm,
    /// The element and the demo pages in headless Chromium and Firefox, and native predictions against wasm
    Browser,
    /// The npm package: contents, types, weight, and what others build with it, in headless Chromium
    Package,
}

impl Test {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        if self.list {
            for value in Check::value_variants().iter().filter_map(Check::to_possible_value) {
                let help = value.get_help().unwrap_or_default();
                // A closed pipe is no error.
                let _ = writeln!(std::io::stdout(), "{:<8} {help}", value.get_name());
            }
            return Ok(());
        }
        let mut steps = Steps::default();
        let result = self.run_checks(workspace, &mut steps);
        note!("\n{steps}\n");
        result
    }

    fn run_checks(&self, workspace: &Workspace, steps: &mut Steps) -> Result<()> {
        let wanted = |check| self.only.is_empty() || self.only.contains(&check);
        steps.run("rustfmt and clippy", || tools::components(workspace))?;
        steps.run("wasm32 target", || tools::wasm_target(workspace))?;
        let node = wanted(Check::Browser) || wanted(Check::Package);
        if wanted(Check::Wasm) || node {
            steps.run("browser tools", || tools::browser(workspace, node))?;
        }
        if wanted(Check::Fmt) {
            steps.run("fmt", || fmt(workspace))?;
        }
        if wanted(Check::Deny) {
            steps.run("deny", || deny(workspace))?;
        }
        if wanted(Check::Clippy) {
            steps.run("clippy", || clippy(workspace))?;
            steps.run("clippy for wasm32", || clippy_wasm(workspace))?;
        }
        if wanted(Check::Doc) {
            steps.run("doc", || doc(workspace))?;
            steps.run("doc for wasm32", || doc_wasm(workspace))?;
        }
        if wanted(Check::Native) {
            steps.run("native", || native(workspace))?;
        }
        if wanted(Check::Ranks) {
            steps.run("Open MPI", || tools::mpi(workspace))?;
            steps.run("ranks", || ranks(workspace))?;
        }
        if wanted(Check::Wasm) {
            steps.run("wasm", || wasm(workspace))?;
        }
        if node {
            browser::prepare(workspace, steps)?;
        }
        if wanted(Check::Browser) {
            browser::run_tests(workspace, steps)?;
        }
        if wanted(Check::Package) {
            publish::run_tests(workspace, steps)?;
        }
        Ok(())
    }
}

fn fmt(workspace: &Workspace) -> Result<Outcome> {
    run(cargo(workspace).args(["fmt", "--all", "--check"]), "run `cargo fmt --all`")?;
    Ok(Outcome::Done)
}

/// Advisories are left to `cargo deny check`, as their database is fetched.
fn deny(workspace: &Workspace) -> Result<Outcome> {
    if !cargo(workspace).args(["deny", "--version"]).output().is_ok_and(|output| output.status.success()) {
        note!("    cargo-deny is not installed: `cargo install cargo-deny --locked`");
        return Ok(Outcome::Skipped);
    }
    let mut cargo = cargo(workspace);
    cargo.args(["deny", "--offline", "check", "licenses", "bans", "sources"]);
    run(&mut cargo, "each error above names the crate; deny.toml says what is allowed")?;
    Ok(Outcome::Done)
}

fn clippy(workspace: &Workspace) -> Result<Outcome> {
    let mut cargo = cargo(workspace);
    // Linting the three calls of the pinned tools would compile all their dependencies a second time.
    cargo.args(["clippy", "--workspace", "--exclude", "wasm-tools", "--all-targets", "--", "-D", "warnings"]);
    run(&mut cargo, "each warning above says what to change")?;
    Ok(Outcome::Done)
}

fn clippy_wasm(workspace: &Workspace) -> Result<Outcome> {
    let mut cargo = package::for_wasm(cargo(workspace), workspace)?;
    cargo.arg("clippy").args(WASM).args(["--all-targets", "--", "-D", "warnings"]);
    run(&mut cargo, "each warning above says what to change")?;
    Ok(Outcome::Done)
}

fn doc(workspace: &Workspace) -> Result<Outcome> {
    let mut cargo = cargo(workspace);
    cargo.args(["doc", "--no-deps", "--package", "fewclicks-model", "--package", "fewclicks-kernels"]);
    cargo.args(["--package", "trainer"]).env("RUSTDOCFLAGS", "-D warnings");
    run(&mut cargo, "each warning above says what to change")?;
    Ok(Outcome::Done)
}

fn doc_wasm(workspace: &Workspace) -> Result<Outcome> {
    let mut cargo = package::for_wasm(cargo(workspace), workspace)?;
    cargo.args(["doc", "--no-deps", "--target", "wasm32-unknown-unknown", "--package", "fewclicks"]);
    run(cargo.env("RUSTDOCFLAGS", "-D warnings"), "each warning above says what to change")?;
    Ok(Outcome::Done)
}

fn native(workspace: &Workspace) -> Result<Outcome> {
    let advice = "run one test again with `cargo test --package CRATE NAME`";
    let mut cargo = cargo(workspace);
    match tools::python(workspace) {
        Some(python) => _ = cargo.env("PYTHON", python),
        None => note!("    no scorer beside the repository, or no Python for it: its test will skip"),
    }
    run(cargo.args(["test", "--workspace", "--exclude", "wasm-tools"]), advice)?;
    Ok(Outcome::Done)
}

/// Lint the trainer with the feature `mpi`, and test it against the trainer without.
fn ranks(workspace: &Workspace) -> Result<Outcome> {
    let advice = "run again with `cargo xtask test --only ranks`";
    let with_mpi = ["--package", "trainer", "--features", "mpi"];
    run(cargo(workspace).arg("clippy").args(with_mpi).args(["--all-targets", "--", "-D", "warnings"]), advice)?;
    run(cargo(workspace).args(["test", "--package", "trainer", "--test", "ranks"]), advice)?;
    let alone = workspace.root.join("target/ranks/trainer");
    std::fs::create_dir_all(alone.parent().unwrap_or(&alone))?;
    std::fs::copy(workspace.root.join("target/debug/trainer"), &alone)
        .context("cannot copy the trainer without MPI")?;
    // Each launch uses all cores.
    let mut cargo = cargo(workspace);
    cargo.arg("test").args(with_mpi).args(["--test", "ranks", "--", "--test-threads", "1"]);
    run(cargo.env("TRAINER_ALONE", alone), advice)?;
    Ok(Outcome::Done)
}

fn wasm(workspace: &Workspace) -> Result<Outcome> {
    package::tools(workspace)?;
    let mut cargo = package::for_wasm(cargo(workspace), workspace)?;
    cargo.arg("test").args(WASM);
    cargo.env("CHROMEDRIVER", tools::chromedriver()?);
    cargo.env("WASM_BINDGEN_USE_BROWSER", "1");
    // The runner's own limits, 20 s and 5 s, are short on a loaded machine.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    run(&mut cargo, "run again with `cargo xtask test --only wasm`")?;
    Ok(Outcome::Done)
}
