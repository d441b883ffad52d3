//! `trainer evaluate`.

use super::output::{note_unused_fields, parse_date};
use crate::data::{Feedback, tasks_file};
use crate::evidence::Strategy;
use crate::measure::evaluate::{MODEL, compare};
use crate::measure::metric::Metric;
use crate::measure::onboarding::{METRICS, Row, replay, replay_walls};
use crate::measure::rows::{self as evaluate, Against};
use crate::measure::tasks::{held_out_tasks, look_up, tasks_after};
use crate::predict::predictor;
use crate::terminal::print;
use crate::train::Run;
use clap::ValueEnum;
use std::path::PathBuf;

/// Measure a model beside simple baselines, after 0, 1, 3, 5, 10 and all answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer evaluate --run runs/films
  trainer evaluate --run runs/ml --tasks ratings-user-cold.jsonl --json
  trainer evaluate --run runs/shop --test-after 2026-01-01
  trainer evaluate --run runs/ml --onboarding onboarding.jsonl --strategy personal --strategy popularity

Visitors are anonymous first; where the model reads fields of users, a second table has them. Ratings are judged at the
mean (RMSE, nDCG@10) and as shown (MAE; baselines have read-outs too), lists with the whole catalogue competing. JSON has
95 % intervals, and the paired difference of each figure to the best baseline. Baselines are fitted for it, which takes
from seconds to minutes.

Without --tasks it measures on the held-out users: the split's validation users, or the tenth that was held out
without a split. --test-after needs the data to state times; the model has still learned from what others rated after that
day, so that popularity is that of all times. A task file has one task per line:
  {\"user\": 12, \"support\": [[item, rating], …], \"query\": [[item, rating], …], \"user_fields\": {\"age\": \"25–34\"}}")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// Tasks to measure on, one JSON object a line
    #[arg(long)]
    tasks: Option<PathBuf>,
    /// Measure on what held-out users rated from this day on, after what they rated before it
    #[arg(long, value_name = "DATE", conflicts_with_all = ["tasks", "onboarding"], value_parser = parse_date)]
    test_after: Option<i64>,
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
        let mut rows = replay(&model, &loaded.encoded, &tasks, strategies, run.config.seed)?;
        rows.extend(replay_walls(&model, &loaded.encoded, &tasks, strategies, run.config.seed)?);
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
        None => match args.test_after {
            Some(after) => tasks_after(&loaded, loaded.feedback, after)?,
            None => held_out_tasks(&loaded, loaded.feedback, run.config.seed),
        },
    };
    let rows = compare(predictor(&model, &loaded.encoded)?, &loaded, &tasks, run.config.seed)?;
    match args.json {
        true => print(&(serde_json::to_string_pretty(&rows)? + "\n")),
        false => print(&tables(&rows, loaded.feedback)),
    }
}

/// Return a table with a line per row, and below it what it differs by from the most popular items.
fn signups(rows: &[Row]) -> String {
    let mut text = format!("{:<16}{:>6}{:>10}", "strategy", "shown", "answered");
    METRICS.iter().for_each(|metric| text += &format!("{metric:>19}"));
    for row in rows {
        let Row { strategy, shown, at_once, answered, mae, mae_at_mean, ndcg10, catalogue_ndcg10, .. } = row;
        let shown = if *at_once > 1 { format!("{}×{at_once}", shown / at_once) } else { shown.to_string() };
        text += &format!("\n{strategy:<16}{shown:>6}{answered:>10.2}");
        for value in [*mae, *mae_at_mean, Some(*ndcg10), *catalogue_ndcg10] {
            text += &format!("{:>19}", value.map_or("–".into(), |x| format!("{x:.4}")));
        }
        if *strategy == Strategy::Popularity.name() {
            continue;
        }
        text += &format!("\n{:32}", "");
        for metric in METRICS {
            let difference = row.against_popularity.get(metric).map(|difference| {
                format!("{:+.4} ± {:.4}", difference.mean, difference.standard_error.unwrap_or(f64::NAN))
            });
            text += &format!("{:>19}", difference.unwrap_or_default());
        }
    }
    text + "\n\nBelow each row of another strategy: the difference to `popularity` after as many items, paired by visitor, ± one standard\n\
            error. N×9 are N walls of nine items, shown at once. In the catalogue everything competes but what the visitor could answer.\n"
}

/// Metrics of the printed tables, in order.
const OF_RATINGS: [Metric; 6] =
    [Metric::Rmse, Metric::Ndcg10, Metric::Mae, Metric::MaeAtMean, Metric::ListNdcg10, Metric::Disliked10];
const OF_PICKS: [Metric; 3] = [Metric::PickNdcg10, Metric::Recall20, Metric::PickNdcg100];

/// Return a table for anonymous visitors and, if there are figures, one with their fields given.
fn tables(rows: &[evaluate::Row], feedback: Feedback) -> String {
    let metrics = match feedback {
        Feedback::Ratings => &OF_RATINGS[..],
        Feedback::Picks => &OF_PICKS,
    };
    let (known, anonymous): (Vec<&evaluate::Row>, Vec<_>) = rows.iter().partition(|row| row.fields);
    let mut text = table("anonymous visitors", &anonymous, metrics);
    if !known.is_empty() {
        text += &format!("\n{}", table("with their fields given", &known, metrics));
    }
    text + "\nThe model’s rows say what it differs by from the best baseline of each figure, with one standard error over the \
            same users.\nRMSE, nDCG@10 and MAE at the mean judge expected ratings; MAE judges them read out, for all methods.\n"
}

fn table(title: &str, rows: &[&evaluate::Row], metrics: &[Metric]) -> String {
    let mut text = format!("{title:<36}{:>9}", "answers");
    metrics.iter().for_each(|metric| text += &format!("{:>17}", metric.title()));
    for row in rows {
        let answers = row.answers.map_or("all".into(), |n| n.to_string());
        text += &format!("\n{:<36}{answers:>9}", row.contender);
        let value =
            |metric: &Metric| row.values.get(metric.name()).map_or(String::new(), |value| format!("{value:.4}"));
        metrics.iter().for_each(|metric| text += &format!("{:>17}", value(metric)));
        if row.contender == MODEL {
            let against = |metric: &Metric| row.against.get(metric.name());
            let difference = |against: &Against| {
                let error = against.standard_error.unwrap_or(f64::NAN);
                format!("{:+.4} ± {error:.4}", against.difference)
            };
            text += &format!("\n{:45}", "");
            metrics.iter().for_each(|m| text += &format!("{:>17}", against(m).map(difference).unwrap_or_default()));
            text += &format!("\n{:45}", "");
            metrics.iter().for_each(|m| text += &format!("{:>17}", against(m).map_or("", |a| a.verdict.words())));
        }
    }
    text + "\n"
}
