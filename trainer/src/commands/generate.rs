//! `trainer generate`.

use crate::simulate::site::{Shape, write};
use crate::terminal::print;
use anyhow::ensure;
use std::path::PathBuf;

/// Write the data of an invented site of any size, to measure the cost of training on much data.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer generate --users 160000 --items 60000 --ratings 25000000 --out large
  trainer train --data large --epochs 1 --out runs/large

Writes a site's folder: schema.toml, items.csv with genres and a year, users.csv with age and region, and
ratings.csv, from half a star to five. Few items are popular and few users busy, as on real sites; users' tastes
agree with items and genres, so that there is something to learn. No user rates an item twice, or more than half
of the items. The same numbers and seed give the same bytes.

All of it is invented: use it to measure time and memory, not to judge recommendations.")]
pub struct Args {
    /// Number of users
    #[arg(long)]
    users: u32,
    /// Number of items
    #[arg(long)]
    items: u32,
    /// Number of ratings, in all
    #[arg(long)]
    ratings: u32,
    /// Seed of everything random
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to create
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Write the folder and print its path.
///
/// # Errors
/// Return an error if the folder exists already or cannot be written, or if no site of that size is possible.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let shape = Shape { users: args.users as usize, items: args.items as usize, ratings: args.ratings as usize };
    shape.check()?;
    ensure!(!args.out.exists(), "{} exists already: name a new folder with --out, or remove it", args.out.display());
    write(&args.out, shape, args.seed)?;
    print(&format!("{}\n", args.out.display()))
}
