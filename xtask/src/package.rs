//! Builds the WebAssembly half of the npm package into `pkg/`.

use crate::glue;
use crate::module;
use crate::names::Names;
use crate::process::{cargo, command, run};
use crate::steps::Outcome;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// What wasm-bindgen generates; the rest of `pkg/` is written by hand.
const GENERATED: [&str; 4] = [WASM, "fewclicks_bg.wasm.d.ts", GLUE, "fewclicks.d.ts"];

const WASM: &str = "fewclicks_bg.wasm";

/// What stands between the page and the WebAssembly.
const GLUE: &str = "fewclicks.js";

/// Builds the pinned wasm-bindgen and wasm-bindgen-test-runner beside this program.
pub fn tools(workspace: &Workspace) -> Result<()> {
    let mut cargo = cargo(workspace);
    cargo.args(["build", "--quiet", "--package", "xtask"]);
    cargo.args(["--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"]);
    run(&mut cargo, "see the compiler's message above")
}

/// A command for wasm32: it finds the pinned tools first, and keeps SIMD where RUSTFLAGS is set, which would
/// otherwise replace the flags of `.cargo/config.toml`.
pub fn for_wasm(mut command: Command, workspace: &Workspace) -> Result<Command> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(workspace.tools.clone()).chain(env::split_paths(&path));
    command.env("PATH", env::join_paths(folders).context("PATH cannot be extended")?);
    if let Ok(flags) = env::var("RUSTFLAGS") {
        command
            .env("RUSTFLAGS", format!("{flags} -C target-feature=+simd128 -C link-arg=--keep-section=target_features"));
    }
    Ok(command)
}

/// The module, what wasm-bindgen makes of it, and that into `pkg/`.
pub fn build(workspace: &Workspace) -> Result<Outcome> {
    tools(workspace)?;
    let built = workspace.target.join("xtask/pkg");
    let mut wasm_bindgen = command(workspace, workspace.tools.join("wasm-bindgen"));
    wasm_bindgen.args(["--target", "web", "--out-name", "fewclicks", "--out-dir"]).arg(&built);
    run(wasm_bindgen.arg(module::build(workspace)?), "see the message above")?;

    let package = workspace.root.join("pkg");
    let read = |name: &str| {
        let file = built.join(name);
        fs::read(&file).with_context(|| format!("wasm-bindgen left no {}", file.display()))
    };
    let (wasm, names) = Names::shorten(&read(WASM)?)?;
    for name in GENERATED {
        let to = package.join(name);
        let text = || -> Result<String> { Ok(String::from_utf8(read(name)?)?) };
        let content = match name {
            WASM => wasm.clone(),
            GLUE => names.put_into(&glue::shorten(&glue::beside(&text()?))?).into(),
            _ => names.put_into(&text()?).into(),
        };
        fs::write(&to, content).with_context(|| format!("cannot write {}", to.display()))?;
    }
    print_size(workspace, &package.join(WASM))?;
    Ok(Outcome::Done)
}

fn print_size(workspace: &Workspace, wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm).with_context(|| format!("wasm-bindgen left no {}", wasm.display()))?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes)?;
    let packed = packed.finish()?.len();
    let kilobytes = |size: usize| size as f64 / 1000.0;
    let wasm = workspace.relative(wasm).display();
    eprintln!("    {wasm}: {:.0} KB, {:.0} KB with gzip", kilobytes(bytes.len()), kilobytes(packed));
    Ok(())
}
