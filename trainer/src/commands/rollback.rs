//! `trainer rollback`.

use crate::bundle::roll_back;
use crate::terminal::print;
use std::path::PathBuf;

/// Publish the bundle before the current one again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:

  trainer rollback --bundle public/model

`trainer export` keeps the bundle before (--keep). This makes it the current one, and keeps the current one in its place:
a second rollback undoes the first. Files are named after their content, so that pages and caches that still have the other
manifest find its files.")]
pub struct Args {
    /// Folder of the bundle
    #[arg(long)]
    bundle: PathBuf,
}

/// Roll back, and print what is published now.
///
/// # Errors
/// Return an error if no bundle was kept, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let bundle = roll_back(&args.bundle)?;
    print(&format!(
        "{} is now the bundle before: {} ({}), {} items.\n",
        args.bundle.display(),
        bundle.about.name,
        bundle.about.preset,
        bundle.catalogue.len()
    ))
}
