//! `trainer serve`.

use crate::demo::{Folders, Pages, serve};
use anyhow::ensure;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Serve the demo pages with a bundle, on this machine alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer serve --bundle bundle
  trainer serve --bundle bundle --port 3000
  trainer serve --bundle bundle --www my-page --pkg node_modules/fewclicks

The page is at /, the package at /pkg/, the bundle at /bundle/; a page in a folder of --www brings its own bundle.
Prints the address once it can be opened. Any other web server does as well: they are static files. Stop with
Ctrl-C.")]
pub struct Args {
    /// Folder of the bundle
    #[arg(long)]
    bundle: PathBuf,
    /// Port on the loopback address; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the pages
    #[arg(long, default_value = "www")]
    www: PathBuf,
    /// Folder of the package, with its WebAssembly
    #[arg(long, default_value = "pkg")]
    pkg: PathBuf,
}

/// Serve until Ctrl-C.
///
/// # Errors
/// Return an error if a folder lacks a file that the page needs, or the port cannot be used.
pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { bundle, port, www, pkg } = args;
    expect("--bundle", &bundle, "manifest.json", "make a bundle with `trainer export --run RUN --out BUNDLE`")?;
    expect("--www", &www, "index.html", "start in the repository's root, or name the page's folder")?;
    expect("--pkg", &pkg, "fewclicks_bg.wasm", "build the package with `cargo xtask demo --no-serve`")?;
    serve(&Folders { pages: Pages::Folder(www), pkg, bundle }, port, say_address)
}

/// Print where the pages are.
pub fn say_address(address: SocketAddr) {
    // The caller may have closed stdout; the server runs all the same.
    let _ = writeln!(std::io::stdout(), "http://{address}/");
}

/// Check that a folder has the file that it is served for.
///
/// # Errors
/// Return an error with `advice`.
pub fn expect(option: &str, folder: &Path, file: &str, advice: &str) -> anyhow::Result<()> {
    let found = if folder.is_dir() { format!("has no {file}") } else { "is not a folder".into() };
    ensure!(folder.join(file).is_file(), "{option}: {} {found}: {advice}", folder.display());
    Ok(())
}
