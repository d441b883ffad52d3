//! `trainer evaluate`.

use super::{note_unused_fields, print};
use crate::data::tasks_file;
use crate::evaluate::{Row, evaluate, held_out_tasks, look_up};
use crate::run::Run;
use std::fmt::Write;
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
        None => held_out_tasks(&loaded.data, &loaded.population, &loaded.encoded, run.config.seed),
    };
    let rows = evaluate(&model, &loaded.encoded, &tasks)?;
    match args.json {
        true => print(&(serde_json::to_string_pretty(&rows)? + "\n")),
        false => print(&table(&rows)?),
    }
}

fn table(rows: &[Row]) -> Result<String, std::fmt::Error> {
    let mut text = format!("{} tasks\n", rows[0].metrics.tasks);
    let columns = ["answers", "MAE", "RMSE", "nDCG@1", "@3", "@5", "2^ @1", "@3", "@5"];
    write!(text, "{:<26}", "")?;
    columns.iter().try_for_each(|column| write!(text, "{column:>9}"))?;
    for Row { contender, answers, metrics } in rows {
        let answers = answers.map_or("all".into(), |n| n.to_string());
        write!(text, "\n{contender:<26}{answers:>9}{:>9.4}{:>9.4}", metrics.mae, metrics.rmse)?;
        metrics.ndcg.iter().chain(&metrics.ndcg2).try_for_each(|ndcg| write!(text, "{ndcg:>9.4}"))?;
    }
    text.push('\n');
    Ok(text)
}
