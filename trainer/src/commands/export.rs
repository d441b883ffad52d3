//! `trainer export`.

use super::train::absolute;
use crate::bundle::{self, Source, Written, figures, learned, make};
use crate::load::load_dataset;
use crate::measure::evaluate::measure;
use crate::measure::tasks::held_out_tasks;
use crate::predict::predictor;
use crate::terminal::{note, print};
use crate::train::Run;
use clap::ValueEnum;
use fewclicks_model::bundle::Precision;
use fewclicks_model::recommender::Recommender;
use std::path::PathBuf;

/// Write the bundle that a browser reads: manifest, weights, catalogue.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer export --run runs/films --out bundle --precision f16
  trainer export --run runs/shop --data shop --out bundle     the catalogue as it is today

With --data titles, images and other fields for people are those of that data, items that it does not have are left out, and
its ratings decide how popular items are and on which users the figures are measured. Only the preset default can do that.

Prints what the precision costs: the metrics on held-out users as stored and, in brackets, before.

The folder can be put on any web server as it is. Beside it, not in it, is .bundle.source.toml: it tells
`trainer predict` where users can be looked up, and need not be published.")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Folder of the bundle
    #[arg(long)]
    out: PathBuf,
    /// Data with today's catalogue, instead of the run's: new items are placed by their fields, without training
    #[arg(long)]
    data: Option<String>,
    /// How weights are stored [default: int8 for the default model, f16 for networks]
    #[arg(long, value_enum)]
    precision: Option<StoredPrecision>,
    /// How many of the bundles that were in the folder before are kept, to go back to with `trainer rollback`
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(..=100))]
    keep: u16,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StoredPrecision {
    /// 4 bytes per number
    F32,
    /// 2 bytes per number
    F16,
    /// 1 byte per number of item vectors, 2 bytes per other number: for large catalogues
    Int8,
}

/// Write the bundle.
///
/// # Errors
/// Return an error if the run has not finished, or the folder cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (run, loaded, model, learned) = match &args.data {
        None => {
            let (run, loaded, model) = Run::trained(&args.run)?;
            let learned = learned(&loaded, &run.config.preset);
            (run, loaded, model, learned)
        }
        Some(source) => {
            let source = absolute(source)?;
            let (run, loaded, model, changes) = Run::trained_over(&args.run, load_dataset(&source)?, source)?;
            note(&format!(
                "{} items: {} that the run has learned from or knows, {} new, placed by their fields; {} are gone.",
                changes.is_new.len(),
                changes.is_new.len() - changes.new_items(),
                changes.new_items(),
                changes.gone
            ));
            let learned = run.learned_from()?;
            (run, loaded, model, learned)
        }
    };
    let tasks = held_out_tasks(&loaded, loaded.feedback, run.config.seed);
    let measured = match tasks.is_empty() {
        true => Vec::new(),
        false => measure(predictor(&model, &loaded.encoded)?, &loaded.encoded, &tasks)?,
    };
    let (bundle, items) = make(&run, &loaded, &model, learned, &measured)?;
    let precision = match (args.precision, &bundle.model) {
        (Some(StoredPrecision::F32), _) => Precision::F32,
        (Some(StoredPrecision::F16), _) | (None, Recommender::Network(_)) => Precision::F16,
        (Some(StoredPrecision::Int8), _) | (None, Recommender::Halves(_)) => Precision::Int8,
    };
    let Written { bundle: stored, files } = bundle::write(&bundle, &items, precision, &args.out, args.keep.into())?;
    Source { data: run.config.data.clone() }.write(&args.out)?;
    if !measured.is_empty() {
        let as_stored = figures(&measure(Box::new(stored.model), &loaded.encoded, &tasks)?);
        note("As stored (before):");
        for ((name, stored), (_, before)) in as_stored.iter().zip(figures(&measured).iter()) {
            note(&format!("  {name}: {stored:.4} ({before:.4})"));
        }
    }
    let line = |(name, bytes): &(String, usize)| format!("{bytes:>10}  {}\n", args.out.join(name).display());
    print(&files.iter().map(line).collect::<String>())
}
