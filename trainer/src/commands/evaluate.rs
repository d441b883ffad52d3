//! `trainer evaluate`.

use super::{note_unused_fields, print};
use crate::data::tasks_file;
use crate::evaluate::{Measured, Row, compare, held_out_tasks, look_up};
use crate::metrics::Metrics;
use crate::run::Run;
use std::path::PathBuf;

/// Measure a model beside simple baselines, after 0, 1, 3, 5, 10 and all answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer evaluate --run runs/films
  trainer evaluate --run runs/ml --tasks ratings-user-cold.jsonl --json

Without --tasks the users are measured on that training has not seen: the split's validation users, or the
tenth that was held out. A task file has one task a line:
  {\"user\": 12, \"support\": [[item, rating], …], \"query\": [[item, rating], …], \"user_fields\": {\"age\": \"25–34\"}}")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Tasks to measure on, one JSON object a line
    #[arg(long)]
    tasks: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Prints the table.
///
/// # Errors
/// Where run or tasks cannot be read.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (run, loaded, model) = Run::trained(&args.run)?;
    let tasks = match &args.tasks {
        Some(path) => {
            let lines = tasks_file::read(path)?;
            note_unused_fields(&lines, &loaded.encoded.user_vocabularies);
            look_up(&lines, &loaded.data, &loaded.encoded)?
        }
        None => held_out_tasks(&loaded, &run.config.preset, run.config.seed),
    };
    let measured = compare(&model, &loaded.encoded, &tasks)?;
    match args.json {
        true => print(&(serde_json::to_string_pretty(&measured)? + "\n")),
        false => print(&match measured {
            Measured::Ratings(rows) => {
                let of = |m: &Metrics| [&[m.mae, m.rmse], &m.ndcg[..], &m.ndcg2].concat();
                table(&rows, &["MAE", "RMSE", "nDCG@1", "@3", "@5", "2^ @1", "@3", "@5"], of)
            }
            Measured::Picks(rows) => {
                table(&rows, &["nDCG@10", "recall@20", "nDCG@100"], |m| vec![m.ndcg10, m.recall20, m.ndcg100])
            }
        }),
    }
}

fn table<M>(rows: &[Row<M>], columns: &[&str], numbers: impl Fn(&M) -> Vec<f64>) -> String {
    let mut text = format!("{:<30}{:>9}", "", "answers");
    columns.iter().for_each(|column| text += &format!("{column:>10}"));
    for Row { contender, answers, metrics } in rows {
        let answers = answers.map_or("all".into(), |n| n.to_string());
        text += &format!("\n{contender:<30}{answers:>9}");
        numbers(metrics).iter().for_each(|number| text += &format!("{number:>10.4}"));
    }
    text + "\n"
}
