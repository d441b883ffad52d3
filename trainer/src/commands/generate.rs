//! `trainer generate`.

use crate::simulate::site::{Files, Shape, write};
use crate::terminal::print;
use anyhow::ensure;
use std::path::PathBuf;

/// Write the data of an invented site of any size, to measure the cost of training on much data.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer generate --users 160000 --items 60000 --ratings 25000000 --out large
  trainer train --data large --epochs 1 --out runs/large
  trainer generate --users 640000 --items 60000 --ratings 100000000 --shards 16 --shard 3 --out huge

Writes a site's folder: schema.toml, items.csv with genres and a year, users.csv with age and region, and
ratings.csv, from half a star to five. Few items are popular and few users busy, as on real sites; users' tastes
agree with items and genres, so that there is something to learn. No user rates an item twice, or more than half
of the items. The same numbers and seed give the same bytes. With --shards, users and ratings are in as many
files each, which several processes or machines can write, each with its --shard. The site is whole once all
of them have ended.

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
    /// Number of files of users, and of ratings, instead of one of each
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    shards: Option<u32>,
    /// Which of these files to write, from 1 on; the first comes with items and schema [default: all]
    #[arg(long, requires = "shards", value_parser = clap::value_parser!(u32).range(1..))]
    shard: Option<u32>,
    /// Folder to create; with --shard it may hold other shards of the same site
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

/// Write the folder and print its path.
///
/// # Errors
/// Return an error if the folder exists already, with a shard if it holds anything else, or cannot be written, or if no site of
/// that size is possible.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let shape = Shape { users: args.users as usize, items: args.items as usize, ratings: args.ratings as usize };
    shape.check()?;
    let files = match (args.shards.map(|count| count as usize), args.shard.map(|shard| shard as usize)) {
        (None, _) => Files::Whole,
        (Some(count), None) => Files::Parts(count, 0..count),
        (Some(count), Some(shard)) => {
            ensure!(shard <= count, "--shard {shard}: expected 1 to {count}, the number of --shards");
            Files::Parts(count, shard - 1..shard)
        }
    };
    ensure!(
        args.shard.is_some() || !args.out.exists(),
        "{} exists already: name a new folder with --out, or remove it",
        args.out.display()
    );
    write(&args.out, shape, &files, args.seed)?;
    print(&format!("{}\n", args.out.display()))
}
