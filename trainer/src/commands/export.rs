//! `trainer export`.

use super::print;
use crate::evaluate::{held_out_tasks, measure};
use crate::export::{Source, bundle, write};
use crate::run::Run;
use clap::ValueEnum;
use fewclicks::bundle::Precision;
use std::path::PathBuf;

/// Write the bundle that a browser reads: manifest, weights, catalogue.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:

  trainer export --run runs/films --out bundle --precision f16

The folder can be put on any web server as it is. Beside it, not in it, stands .bundle.source.toml: it tells
`trainer predict` where users can be looked up, and is not meant to be published.")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Folder of the bundle
    #[arg(long)]
    out: PathBuf,
    /// How weights are stored
    #[arg(long, value_enum, default_value_t = Stored::F16)]
    precision: Stored,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stored {
    /// 4 bytes a number
    F32,
    /// 2 bytes a number
    F16,
}

/// Writes the bundle.
///
/// # Errors
/// Where the run has not finished, or the folder cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (run, loaded, model) = Run::trained(&args.run)?;
    let tasks = held_out_tasks(&loaded, &run.config.preset, run.config.seed);
    let measured = if tasks.is_empty() { None } else { Some(measure(&model, &loaded.encoded, &tasks)?) };
    let precision = match args.precision {
        Stored::F32 => Precision::F32,
        Stored::F16 => Precision::F16,
    };
    let files = write(&bundle(&run, &loaded, &model, measured.as_ref())?, precision, &args.out)?;
    Source { data: run.config.data.clone() }.write(&args.out)?;
    let line = |(name, bytes): &(String, usize)| format!("{bytes:>10}  {}\n", args.out.join(name).display());
    print(&files.iter().map(line).collect::<String>())
}
