//! `trainer evaluate`.

use super::output::{note_unused_fields, print};
use crate::data::tasks_file;
use crate::evidence::Strategy;
use crate::measure::evaluate::{self, Measured, compare, held_out_tasks, look_up};
use crate::measure::onboarding::{Row, replay};
use crate::metrics::Metrics;
use crate::train::Run;
use clap::ValueEnum;
use std::path::PathBuf;

/// Measure a model beside simple baselines, after 0, 1, 3, 5, 10 and all answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer evaluate --run runs/films
  trainer evaluate --run runs/ml --tasks ratings-user-cold.jsonl --json
  trainer evaluate --run runs/ml --onboarding onboarding.jsonl --strategy variance --strategy popularity

Without --tasks it measures on the held-out users: the split's validation users, or the tenth that was held out
without a split. A task file has one task per line:
  {\"user\": 12, \"support\": [[item, rating], …], \"query\": [[item, rating], …], \"user_fields\": {\"age\": \"25–34\"}}")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Tasks to measure on, one JSON object a line
    #[arg(long)]
    tasks: Option<PathBuf>,
    /// Replay signups instead: each task's user is shown 0, 5, 10, 20, 40 items, answers those in `support`, and is
    /// judged on `query`
    #[arg(long, value_name = "TASKS", conflicts_with = "tasks")]
    onboarding: Option<PathBuf>,
    /// With --onboarding: how the items shown are chosen; may be given several times [default: all strategies]
    #[arg(long, requires = "onboarding")]
    strategy: Vec<Strategy>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Print the table.
///
/// # Errors
/// Return an error if run or tasks cannot be read.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (run, loaded, model) = Run::trained(&args.run)?;
    if let Some(path) = &args.onboarding {
        let tasks = look_up(&tasks_file::read(path)?, &loaded.data, &loaded.encoded)?;
        let strategies = if args.strategy.is_empty() { Strategy::value_variants() } else { &args.strategy };
        let rows = replay(&model, &loaded.encoded, &tasks, strategies, run.config.seed)?;
        return match args.json {
            true => print(&(serde_json::to_string_pretty(&rows)? + "\n")),
            false => print(&signups(&rows)),
        };
    }
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

fn signups(rows: &[Row]) -> String {
    let mut text =
        format!("{:<16}{:>6}{:>10}{:>10}{:>10}{:>12}", "strategy", "shown", "answered", "MAE", "nDCG@10", "catalogue");
    let number = |x: Option<f64>| x.map_or("–".into(), |x| format!("{x:.4}"));
    for r in rows {
        let (mae, catalogue) = (number(r.mae), number(r.catalogue_ndcg10));
        let Row { strategy, shown, answered, ndcg10, .. } = r;
        text += &format!("\n{strategy:<16}{shown:>6}{answered:>10.2}{mae:>10}{ndcg10:>10.4}{catalogue:>12}");
    }
    text + "\n"
}

fn table<M>(rows: &[evaluate::Row<M>], columns: &[&str], numbers: impl Fn(&M) -> Vec<f64>) -> String {
    let mut text = format!("{:<30}{:>9}", "", "answers");
    columns.iter().for_each(|column| text += &format!("{column:>10}"));
    for evaluate::Row { contender, answers, metrics } in rows {
        let answers = answers.map_or("all".into(), |n| n.to_string());
        text += &format!("\n{contender:<30}{answers:>9}");
        numbers(metrics).iter().for_each(|number| text += &format!("{number:>10.4}"));
    }
    text + "\n"
}
