//! `trainer update`.

use super::train::{absolute, finish, use_threads};
use crate::load::load_dataset;
use crate::ranks;
use crate::train::{Run, RunConfig};
use anyhow::{Context, bail};
use std::path::PathBuf;

/// Go on from a finished run with newer data, in a fraction of the time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer update --run runs/monday --out runs/tuesday                    the run's data, as it is today
  trainer update --run runs/monday --data shop-today --out runs/tuesday
  trainer train --resume --out runs/tuesday                               continue after an interruption

Items, users and values of fields are matched by their names; what is new starts where new items are placed. Whatever was chosen
on held-out users (rounds, priors, neighbours, the weight of stars in lists, the read-out) stays as it was, so train anew from time
to time: `trainer compare` tells whether it is due. The result is a run like any other, to export, evaluate and update. Only the
preset default can be updated.")]
pub struct Args {
    /// Folder of the finished run to go on from
    #[arg(long)]
    run: PathBuf,
    /// Today's data [default: that of the run, read again]
    #[arg(long)]
    data: Option<String>,
    /// JSON file with warm_users, cold_items, validation_users, if the run has one [default: that of the run]. It may name new
    /// users; a user or item of which the run has learned is refused among validation_users and cold_items
    #[arg(long)]
    split: Option<PathBuf>,
    /// Number of epochs of the choice half
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    epochs: u32,
    /// Threads to use; the weights do not depend on it [default: all cores]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Folder of the new run
    #[arg(long)]
    out: PathBuf,
}

/// Update a run.
///
/// # Errors
/// Return an error if the run has not finished or cannot be updated, data or split do not fit it, or the folder holds another run.
pub fn run(args: Args) -> anyhow::Result<()> {
    use_threads(args.threads)?;
    ranks::first(|| Run::check_free(&args.out))?;
    let (config, former) = Run::updatable(&args.run, args.epochs as usize)?;
    let former = former.on_all_ranks()?;
    if let (Some(_), None) = (&args.split, &config.split) {
        bail!("--split: the run in {} has none, so its held-out users would be learned from", args.run.display());
    }
    let data = args.data.as_deref().map(absolute).transpose()?.unwrap_or(config.data);
    let split = args.split.map(std::path::absolute).transpose().context("--split")?.or(config.split);
    if let Some(split) = &split {
        Run::check_split(&args.run, split)?;
    }
    let config = RunConfig { data, split, former: Some(former), ..config };
    let loaded = config.encode(load_dataset(&config.data)?)?;
    finish(&Run::create(&args.out, config, &loaded)?, &loaded)
}
