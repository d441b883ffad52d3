//! `trainer generate`.

use super::output::print;
use crate::simulate::site::{Shape, write};
use anyhow::ensure;
use std::path::PathBuf;

/// Write an invented site's data of any size, to measure what training on much data costs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer generate --users 160000 --items 60000 --ratings 25000000 --out large
  trainer train --data large --epochs 1 --out runs/large

Out comes a site's folder: schema.toml, items.csv with genres and a year, users.csv with age and region, and
ratings.csv, from half a star to five. Few items are popular and few users busy, as on real sites; users' tastes
agree with items and genres, so that there is something to learn. Nobody rates an item twice, or more than half
of the items. The same numbers and seed give the same bytes.

All of it is invented: use it to measure time and memory, not to judge recommendations.")]
pub struct Args {
    /// How many users
    #[arg(long)]
    users: u32,
    /// How many items
    #[arg(long)]
    items: u32,
    /// How many ratings, in all
    #[arg(long)]
    ratings: u32,
    /// Seed of everything random
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to make
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Writes the folder and prints its path.
///
/// # Errors
/// Where the folder is there already, cannot be written, or there is no site of that size.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let shape = Shape { users: args.users as usize, items: args.items as usize, ratings: args.ratings as usize };
    shape.check()?;
    ensure!(
        !args.out.exists(),
        "{} is there already: name a folder with --out that is not, or remove it",
        args.out.display()
    );
    write(&args.out, shape, args.seed)?;
    print(&format!("{}\n", args.out.display()))
}
