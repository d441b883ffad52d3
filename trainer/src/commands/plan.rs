//! `trainer plan`.

use crate::plan::{Plan, text};
use crate::preset::{DEFAULT, Preset};
use crate::terminal::print;
use anyhow::bail;

/// Print what training on several machines would cost: memory, bytes and hours.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer plan --ratings 25e6 --users 160000 --items 60000
  trainer plan --ratings 1e10 --users 1e8 --items 1e7 --ranks 64 --cores 8 --memory 256

Computed from measured constants (BENCHMARKS.md) and from what the code exchanges. No data
is read. What does not fit is said last, with what to change.")]
pub struct Args {
    /// Number of ratings or picks, such as 25e6
    #[arg(long, value_parser = parse_count)]
    ratings: f64,
    /// Number of users
    #[arg(long, value_parser = parse_count)]
    users: f64,
    /// Number of items
    #[arg(long, value_parser = parse_count)]
    items: f64,
    /// Number of ranks
    #[arg(long, default_value = "1", value_parser = parse_count)]
    ranks: f64,
    /// Cores of each rank
    #[arg(long, default_value = "2", value_parser = parse_count)]
    cores: f64,
    /// Memory of each rank, in GB
    #[arg(long, value_name = "GB", default_value = "64", value_parser = parse_count)]
    memory: f64,
    /// Network of each rank, in gigabits a second
    #[arg(long, value_name = "GBIT", default_value = "10", value_parser = parse_count)]
    network: f64,
    /// The preset default, or a TOML file with its keys [default: default]
    #[arg(long, value_name = "NAME|FILE")]
    preset: Option<String>,
}

/// Print the plan.
///
/// # Errors
/// Return an error if the preset cannot be read, or is a network's.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let preset = match Preset::load(args.preset.as_deref().unwrap_or(DEFAULT))? {
        Preset::Halves(preset) => preset,
        Preset::Network(preset) => {
            bail!("--preset {}: expected the preset default, whose costs were measured", preset.name)
        }
    };
    print(&text(&Plan {
        ratings: args.ratings,
        users: args.users,
        items: args.items,
        ranks: args.ranks,
        cores: args.cores,
        memory: args.memory * 1e9,
        bandwidth: args.network * 1e9 / 8.0,
        preset,
    }))
}

fn parse_count(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (1.0..=1e15).contains(number));
    number.ok_or_else(|| "expected a number from 1 to 1e15, such as 25e6".into())
}
