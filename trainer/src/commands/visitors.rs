//! `trainer visitors`.

use crate::demo::Visitors;
use crate::files::write_atomically;
use crate::terminal::print;
use crate::train::Run;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Write held-out users with their ratings, for a page that replays signups
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:

  trainer visitors --run runs/films --count 24 --out www/visitors.json

Writes one JSON object: \"popular\", the ids of the most popular items in training, and \"visitors\", held-out
users, each with \"user\" (what the model knows of them), \"ratings\" and \"kept\" ([[item, rating], …]).
A page lets them answer from \"ratings\" and measures on \"kept\"; they are the tasks of `trainer evaluate`.

The embedded films are rated by simulated people. Of your own data these are your users' ratings: do not publish
them.")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Maximum number of visitors
    #[arg(long, default_value = "24")]
    count: NonZeroUsize,
    /// File to write
    #[arg(long, value_name = "FILE.json")]
    out: PathBuf,
}

/// Write the file and print its path.
///
/// # Errors
/// Return an error if the run cannot be read or has no held-out users, or the file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let run = Run::open(&args.run)?;
    let visitors = Visitors::of(&run, &run.load()?, args.count.get())?;
    write_atomically(&args.out, &serde_json::to_vec(&visitors)?)?;
    print(&format!("{}\n", args.out.display()))
}
