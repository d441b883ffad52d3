//! `trainer check`.

use crate::check::check;
use crate::preset::{DEFAULT, Preset};
use crate::terminal::print;
use anyhow::bail;

/// Read data without training, and list all problems and what would be learned from.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer check --data shop
  trainer check --data shop --json > check.json

Reads everything and trains nothing. Lists the problems by kind, the first twenty of each with file, line and column; what
is dropped, merged or unknown; columns that are not read; users and items by number of ratings; how many users, ratings
and items the preset would learn from; and for each field how many values are kept and how many are too rare. Warns where
the data is valid and likely not what is meant.

Exit status: 1 where a training would fail, else 0.")]
pub struct Args {
    /// `films`, `comics`, or a folder with data
    #[arg(long)]
    data: String,
    /// The preset that is to learn: a built-in one, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = DEFAULT)]
    preset: String,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Print what was found.
///
/// # Errors
/// Return an error if a training would fail.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let checked = check(&args.data, Preset::load(&args.preset)?)?;
    match args.json {
        true => print(&(serde_json::to_string_pretty(&checked)? + "\n"))?,
        false => print(&checked.to_string())?,
    }
    if !checked.trains {
        let count: u64 = checked.problems.iter().map(|problem| problem.count).sum();
        bail!("training on {} would fail; problems: {count}", args.data);
    }
    Ok(())
}
