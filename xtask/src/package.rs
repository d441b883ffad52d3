//! Builds the WebAssembly half of the npm package into `pkg/`.

use crate::imports;
use crate::process::{cargo, command, run};
use crate::steps::Outcome;
use crate::terminal::note;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// What wasm-pack generates; the rest of `pkg/` is written by hand.
const GENERATED: [&str; 4] = [WASM, SCRIPT, "fewclicks_bg.wasm.d.ts", "fewclicks.d.ts"];

const WASM: &str = "fewclicks_bg.wasm";

/// Instantiates the WebAssembly, and passes its imports.
const SCRIPT: &str = "fewclicks.js";

/// Build the pinned wasm-pack, wasm-bindgen and wasm-bindgen-test-runner beside this program.
pub fn tools(workspace: &Workspace) -> Result<()> {
    let mut cargo = cargo(workspace);
    run(cargo.args(["build", "--quiet", "--package", "wasm-tools", "--bins"]), "see the compiler's message above")
}

/// A command that finds the pinned tools first, and keeps SIMD where RUSTFLAGS is set, which would otherwise replace the
/// flags of `.cargo/config.toml`.
pub fn for_wasm(mut command: Command, workspace: &Workspace) -> Result<Command> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(workspace.tools.clone()).chain(env::split_paths(&path));
    command.env("PATH", env::join_paths(folders).context("PATH cannot be extended")?);
    if let Ok(flags) = env::var("RUSTFLAGS") {
        let own = "-C target-feature=+simd128 -C link-arg=--max-memory=2147483648";
        command.env("RUSTFLAGS", format!("{flags} {own}"));
    }
    Ok(command)
}

/// Run `wasm-pack build --target web --profile wasm`, copy what it makes into `pkg/`, and number its imports. It runs in a
/// folder of its own, as it would overwrite the `package.json` and `.gitignore` that are there.
pub fn build(workspace: &Workspace) -> Result<Outcome> {
    tools(workspace)?;
    let built = workspace.target.join("xtask/pkg");
    let mut wasm_pack = for_wasm(command(workspace, workspace.tools.join("wasm-pack")), workspace)?;
    wasm_pack
        .args(["build", "--target", "web", "--profile", "wasm", "--out-name", "fewclicks", "--out-dir"])
        .arg(&built);
    run(&mut wasm_pack, "see the message above")?;

    let package = workspace.root.join("pkg");
    for name in GENERATED {
        let (from, to) = (built.join(name), package.join(name));
        fs::copy(&from, &to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    }
    let (wasm, script) = (package.join(WASM), package.join(SCRIPT));
    let (numbered_wasm, numbered_script) = imports::number(&fs::read(&wasm)?, &fs::read_to_string(&script)?);
    fs::write(&wasm, numbered_wasm)?;
    fs::write(&script, numbered_script)?;
    print_size(workspace, &wasm)?;
    Ok(Outcome::Done)
}

fn print_size(workspace: &Workspace, wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes)?;
    let packed = packed.finish()?.len();
    let kilobytes = |size: usize| size as f64 / 1000.0;
    let wasm = workspace.relative(wasm).display();
    note!("    {wasm}: {:.0} KB, {:.0} KB with gzip", kilobytes(bytes.len()), kilobytes(packed));
    Ok(())
}
