//! `trainer preview`.

use super::serve::{expect, say_address};
use crate::demo::{Folders, Pages, serve};
use anyhow::ensure;
use std::path::PathBuf;

/// Look at a bundle of your own, with its items, images and fields, and get the code to paste.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer preview --bundle bundle
  trainer preview --bundle bundle --pkg node_modules/fewclicks
  trainer preview --bundle bundle --report runs/shop/report.html     with a link to the report

The page shows the element on a small and on a wide screen, with every attribute, property and colour to try, and the HTML,
React and Vue to paste. It serves this machine alone. Stop with Ctrl-C.")]
pub struct Args {
    /// Folder of the bundle
    #[arg(long)]
    bundle: PathBuf,
    /// Report of the model, as `trainer report` writes it, to link to
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Port on the loopback address; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the package, with its WebAssembly
    #[arg(long, default_value = "pkg")]
    pkg: PathBuf,
}

/// Serve until Ctrl-C.
///
/// # Errors
/// Return an error if a folder lacks a file that the page needs, or the port cannot be used.
pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { bundle, report, port, pkg } = args;
    expect("--bundle", &bundle, "manifest.json", "make a bundle with `trainer export --run RUN --out BUNDLE`")?;
    let advice =
        "name the package's folder, such as node_modules/fewclicks, or build it with `cargo xtask demo --no-serve`";
    expect("--pkg", &pkg, "fewclicks_bg.wasm", advice)?;
    if let Some(report) = &report {
        let advice = "write it with `trainer report --run RUN --out FILE`";
        ensure!(report.is_file(), "--report: {} is not a file: {advice}", report.display());
    }
    serve(&Folders { pages: Pages::Playground { report }, pkg, bundle }, port, say_address)
}
