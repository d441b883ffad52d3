//! The pinned wasm-pack, found beside the pinned wasm-bindgen.

use clap::Parser;

fn main() -> anyhow::Result<()> {
    let wasm_pack::Cli { cmd, .. } = wasm_pack::Cli::parse();
    wasm_pack::command::run_wasm_pack(cmd)
}
