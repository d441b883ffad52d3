//! `trainer measure`.

use crate::files::write_atomically;
use crate::interrupt::watch;
use crate::preset::Preset;
use crate::suite::{Case, MeasuredCase, markdown, measure_case, trained};
use crate::terminal::print;
use anyhow::ensure;
use std::path::PathBuf;

/// Train and measure on many data sets beside baselines, with several seeds.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer measure --domain data/books --domain data/wines --runs runs/measured
  trainer measure --movielens ml-1m --protocols protocols --seeds 1 --json figures.json

A domain is a folder with a site's data, split.json and tasks.jsonl (one task a line, with ten answers in \"support\").
Task files of MovieLens are called lists-user-cold, picks-user-cold, ratings-user-cold, ratings-item-cold and
ratings-both-cold, with .jsonl at the end; missing ones are left out.

Prints Markdown: each figure with its 95 % interval over users, each seed's, the best baseline on the same users, and
the paired difference with one standard error. Figures are of anonymous visitors, and where the data has fields of
users, also of visitors whose fields are given. Runs that are finished in --runs are not trained again.")]
pub struct Args {
    /// Folder of a data set with split.json and tasks.jsonl; may be given several times
    #[arg(long, value_name = "FOLDER")]
    domain: Vec<PathBuf>,
    /// Folder of MovieLens-1M with split.json
    #[arg(long, value_name = "FOLDER", requires = "protocols")]
    movielens: Option<PathBuf>,
    /// Folder of task files for MovieLens
    #[arg(long, value_name = "FOLDER", requires = "movielens")]
    protocols: Option<PathBuf>,
    /// A built-in preset, or a TOML file [default: that of `trainer train`]
    #[arg(long, value_name = "NAME|FILE")]
    preset: Option<String>,
    /// Seeds of the runs
    #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
    seeds: Vec<u64>,
    /// Folder to keep the runs in; without it they are removed in the end
    #[arg(long, value_name = "FOLDER")]
    runs: Option<PathBuf>,
    /// Also write all figures, of every baseline too, to a file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Train what is missing, measure, and print the table.
///
/// # Errors
/// Return an error if data, split or tasks cannot be read, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut cases = args.domain.iter().map(|folder| Case::domain(folder)).collect::<Result<Vec<_>, _>>()?;
    if let Some((folder, protocols)) = args.movielens.as_ref().zip(args.protocols.as_ref()) {
        cases.extend(Case::movielens(folder, protocols)?);
    }
    ensure!(!cases.is_empty(), "nothing to measure on: name data sets with --domain or --movielens");
    let preset = args.preset.as_deref().map(Preset::load).transpose()?;
    watch("finished runs and checkpoints in --runs are kept; the same command goes on".into())?;
    let temporary = tempfile::tempdir()?;
    let runs = args.runs.as_deref().unwrap_or(temporary.path());
    // All are trained first: fitted baselines would count as memory of training.
    let mut finished = Vec::new();
    for case in &cases {
        let of = |&seed: &u64| trained(case, preset.as_ref(), seed, runs);
        finished.push(args.seeds.iter().map(of).collect::<Result<Vec<_>, _>>()?);
    }
    let measured: Vec<MeasuredCase> =
        cases.iter().zip(&finished).map(|(case, runs)| measure_case(case, runs)).collect::<Result<_, _>>()?;
    if let Some(path) = &args.json {
        write_atomically(path, &serde_json::to_vec_pretty(&measured)?)?;
    }
    print(&markdown(&measured))
}
