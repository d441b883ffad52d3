//! `trainer predict`.

use super::output::note_unused_fields;
use crate::bundle::{self, Source, Wanted};
use crate::data::tasks_file;
use crate::files::write_atomically;
use crate::load::load_dataset;
use crate::terminal::note;
use anyhow::Context;
use fewclicks_model::visitor::VARIETY;
use std::path::PathBuf;

/// Predict ratings or picks with a bundle, as a browser would.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer predict --bundle bundle --tasks tasks.jsonl --support 10 --out predictions.jsonl
  trainer predict --bundle bundle --tasks tasks.jsonl --support 10 --lists --out lists.jsonl

One task per line: {\"user\": 12, \"support\": [[item, rating], …], \"query\": [[item, rating], …], \"user_fields\": {…}}.
Writes one line per task: the predicted ratings of the query items, in order; with --lists, or with a bundle of picks,
the ids of the 100 items it recommends, best first, without those of the whole support set, however many of them are
given as answers. Users without user_fields are looked up in
the data that the bundle was trained on, or in --data; unknown users have unknown fields.")]
pub struct Args {
    /// Folder of the bundle
    #[arg(long)]
    bundle: PathBuf,
    /// Tasks, one JSON object a line
    #[arg(long)]
    tasks: PathBuf,
    /// Number of a task's support ratings, in order, that are given as answers [default: all]
    #[arg(long, value_name = "K")]
    support: Option<usize>,
    /// Write the ids of the 100 best items of the catalogue, sorted as a visitor's list is, without the task's support items
    #[arg(long)]
    lists: bool,
    /// Write expected ratings, the mean, instead of the ratings that are shown
    #[arg(long, conflicts_with = "lists")]
    mean: bool,
    /// How much the items of a list differ, 0 to 1; 0 sorts by score alone. It concerns the default model only
    #[arg(long, default_value_t = VARIETY, value_parser = parse_variety)]
    variety: f32,
    /// File to write the predictions to
    #[arg(long)]
    out: PathBuf,
    /// `films`, `comics`, or a folder with data, to look users up in
    #[arg(long)]
    data: Option<String>,
}

/// Write the predictions.
///
/// # Errors
/// Return an error if bundle or tasks cannot be read.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let bundle = bundle::read(&args.bundle)?;
    let tasks = tasks_file::read(&args.tasks)?;
    note_unused_fields(&tasks, &bundle.user_vocabularies);
    let bare = tasks.iter().any(|task| task.user_fields.is_none());
    let source = match &args.data {
        Some(data) => Some(data.clone()),
        None if bare && !bundle.user_vocabularies.is_empty() => Source::read(&args.bundle)?.map(|source| source.data),
        None => None,
    };
    let load = |source: String| {
        load_dataset(&source).context("users cannot be looked up where the bundle's data was: name it with --data")
    };
    let data = source.map(load).transpose()?;
    if bare && data.is_none() && !bundle.user_vocabularies.is_empty() {
        note("users are not looked up, as nothing says where: name their data with --data if you have it");
    }
    let wanted = match (args.lists, args.mean) {
        (true, _) => Wanted::List,
        (false, true) => Wanted::Mean,
        (false, false) => Wanted::Shown,
    };
    let answers = args.support.unwrap_or(usize::MAX);
    let predicted = bundle::predict(&bundle, &tasks, answers, wanted, args.variety, data.as_ref())?;
    let lines: Vec<String> = predicted.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    write_atomically(&args.out, (lines.join("\n") + "\n").as_bytes())?;
    note(&format!("{} predictions written to {}", lines.len(), args.out.display()));
    Ok(())
}

/// Read a variety.
fn parse_variety(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|variety| (0.0..=1.0).contains(variety))
        .ok_or_else(|| "expected a number from 0 to 1".into())
}
