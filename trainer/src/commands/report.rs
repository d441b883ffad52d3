//! `trainer report`.

use super::output::parse_date;
use crate::page::check_html_name;
use crate::report::{Report, Sources, write};
use crate::terminal::print;
use std::path::PathBuf;

/// Write a report for people: one HTML file, and its numbers as JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer report runs/films
  trainer report --run runs/ml --tasks user-cold.jsonl --tasks item-cold.jsonl --out report/ml.html
  trainer report --run runs/ml --beside runs/gradient

The page needs no network and no script. It shows the data, the model beside simple methods, whether adaptation
helps, what is asked, the quality of predictions, what is recommended, and the limits of the model. Without --tasks it
measures on the held-out users. Baselines are trained for it: on a catalogue of 10,000 items that takes a minute or
two.")]
pub struct Args {
    /// Folder of the run
    #[arg(value_name = "RUN", required_unless_present = "run")]
    folder: Option<PathBuf>,
    /// Folder of the run
    #[arg(long, conflicts_with = "folder")]
    run: Option<PathBuf>,
    /// Tasks to measure on, one JSON object a line; may be given several times
    #[arg(long)]
    tasks: Vec<PathBuf>,
    /// Also measure on what held-out users rated from this day on, after what they rated before it
    #[arg(long, value_name = "DATE", conflicts_with = "tasks", value_parser = parse_date)]
    test_after: Option<i64>,
    /// Tasks to replay signups with: users are shown items, and answer those in `support`
    #[arg(long, value_name = "TASKS")]
    onboarding: Option<PathBuf>,
    /// Folder of a second run on the same data, to compare
    #[arg(long, value_name = "RUN")]
    beside: Option<PathBuf>,
    /// File to write, with a .json beside it [default: report.html in the run's folder]
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
}

/// Write both files and print their paths.
///
/// # Errors
/// Return an error if a run or tasks cannot be read, or a file cannot be written.
pub fn run(args: Args) -> anyhow::Result<()> {
    let run = args.run.or(args.folder).unwrap_or_default();
    let out = args.out.unwrap_or_else(|| run.join("report.html"));
    check_html_name(&out)?;
    let Args { beside, tasks, test_after, onboarding, .. } = args;
    let report = Report::gather(&Sources { run, beside, tasks, test_after, onboarding })?;
    let files = write(&report, &out)?;
    print(&files.map(|file| format!("{}\n", file.display())).concat())
}
