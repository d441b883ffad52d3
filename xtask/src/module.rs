//! The WebAssembly module, optimised as a whole twice.
//!
//! Only at the end of the compiler's own round is it plain that nobody reads what a panic would say. In a second one, the
//! linker's, goes what led up to it: numbers handed over, words, and places in the source, 3 KB of brotli.

use crate::package::for_wasm;
use crate::process::{cargo, command, output, run};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

const TARGET: &str = "wasm32-unknown-unknown";

/// As rustc calls its linker.
const LINK: [&str; 13] = [
    "-flavor",
    "wasm",
    "--no-entry",
    "--export-dynamic",
    "--allow-undefined",
    "--stack-first",
    "-z",
    "stack-size=1048576",
    "--gc-sections",
    "-O2",
    "--lto-O2",
    "--strip-all",
    "--keep-section=target_features",
];

/// Builds the crate without the standard library; returns where its module lies, for wasm-bindgen.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let mut rustc = for_wasm(cargo(workspace), workspace)?;
    rustc.args(["rustc", "--package", "fewclicks", "--lib", "--crate-type", "cdylib", "--no-default-features"]);
    rustc.args(["--profile", "wasm", "--target", TARGET, "--", "--emit=llvm-bc,link"]);
    run(&mut rustc, "see the compiler's message above")?;

    let built = workspace.target.join(TARGET).join("wasm");
    let module = built.join("fewclicks_twice.wasm");
    let mut linker = command(workspace, libraries(workspace, &[])?.with_file_name("bin").join("rust-lld"));
    linker.args(LINK).arg(built.join("deps/fewclicks.bc"));
    linker.arg(builtins(&libraries(workspace, &["--target", TARGET])?)?).arg("-o").arg(&module);
    run(&mut linker, "it comes with Rust from https://rustup.rs")?;
    Ok(module)
}

/// The folder of the libraries for a target, that of this machine by default.
fn libraries(workspace: &Workspace, target: &[&str]) -> Result<PathBuf> {
    let mut rustc = command(workspace, "rustc");
    Ok(output(rustc.args(["--print", "target-libdir"]).args(target))?.trim().into())
}

/// What the compiler takes for granted, such as comparing memory.
fn builtins(libraries: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(libraries).with_context(|| format!("cannot read {}", libraries.display()))?;
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libcompiler_builtins") && name.ends_with(".rlib")
    };
    let found = files.filter_map(|file| Some(file.ok()?.path())).find(is_it);
    found.with_context(|| format!("no compiler_builtins in {}", libraries.display()))
}
