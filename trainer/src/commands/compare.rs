//! `trainer compare`.

use crate::bundle;
use crate::data::tasks_file;
use crate::load::load_dataset;
use crate::terminal::{note, print};
use crate::versus::{Comparison, compare, in_both, of_data};
use anyhow::{bail, ensure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Compare a new bundle with the one before, for a job that decides whether to publish it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer compare --bundle public/model --bundle new-model --data shop
  trainer compare --bundle public/model --bundle new-model --tasks tasks.jsonl --fail-if-worse

The first bundle is the old one, the second the new one. Both predict for the same users: those of --tasks, or those of
--data whom a run with this seed holds out. Items that one of the bundles does not have are left out.

Prints each figure of both, the gain with its standard error (paired by user), and whether it is better, worse or no
different (two standard errors); how many lists change; how many items all lists name; and the size.
Exit status 1 with --fail-if-worse where a figure is worse.")]
pub struct Args {
    /// Folder of a bundle: given twice, the old one first
    #[arg(long = "bundle", value_name = "FOLDER", required = true, num_args = 1)]
    bundles: Vec<PathBuf>,
    /// Tasks, one JSON object a line
    #[arg(long, required_unless_present = "data", conflicts_with = "data")]
    tasks: Option<PathBuf>,
    /// `films`, `comics`, or a folder with data, of which held-out users are drawn
    #[arg(long)]
    data: Option<String>,
    /// Seed of the runs, by which users are held out
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Fail where a figure is worse by more than two standard errors
    #[arg(long)]
    fail_if_worse: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Print the comparison.
///
/// # Errors
/// Return an error if bundles or tasks cannot be read, or, with --fail-if-worse, a figure is worse.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let [old_folder, new_folder] = args.bundles.as_slice() else {
        bail!("--bundle was given {} times: expected twice, the old bundle first", args.bundles.len());
    };
    let (old, new) = (bundle::read(old_folder)?, bundle::read(new_folder)?);
    let tasks = match (&args.tasks, &args.data) {
        (Some(tasks), _) => tasks_file::read(tasks)?,
        (None, data) => {
            let source = data.as_deref().unwrap_or_default();
            of_data(&load_dataset(source)?, source, args.seed)
        }
    };
    let (tasks, left_out) = in_both(tasks, [&old, &new]);
    if left_out > 0 {
        note(&format!("Left out: {left_out} ratings of items that one of the bundles does not have."));
    }
    let comparison = compare([&old, &new], &tasks)?;
    let sizes = [size(old_folder)?, size(new_folder)?];
    match args.json {
        true => {
            let mut value = serde_json::to_value(&comparison)?;
            value["bytes"] = serde_json::json!(sizes);
            print(&(serde_json::to_string_pretty(&value)? + "\n"))?;
        }
        false => print(&table(&comparison, sizes))?,
    }
    let worse: Vec<String> =
        comparison.worse().map(|worse| format!("{} after {} answers", worse.metric, worse.answers)).collect();
    ensure!(
        !args.fail_if_worse || worse.is_empty(),
        "the new bundle is worse in {}: keep the old one, and find out what changed in the data",
        worse.join(", ")
    );
    Ok(())
}

/// Return the number of bytes of the files in a bundle's folder that its manifest names, and of the manifest.
fn size(folder: &Path) -> anyhow::Result<u64> {
    bundle::files(folder)?.iter().map(|name| Ok(std::fs::metadata(folder.join(name))?.len())).sum()
}

fn table(comparison: &Comparison, sizes: [u64; 2]) -> String {
    let mut text = String::new();
    let mut line = |cells: [String; 7]| {
        let [metric, numbers @ ..] = cells;
        write!(text, "{metric:<14}").expect("writing to a string");
        numbers.iter().for_each(|cell| write!(text, "{cell:>13}").expect("writing to a string"));
        text.push('\n');
    };
    line(["", "answers", "users", "old", "new", "gain", ""].map(str::to_owned));
    for difference in &comparison.differences {
        let error = difference.standard_error.map_or_else(String::new, |error| format!(" ±{error:.4}"));
        line([
            difference.metric.to_owned(),
            difference.answers.to_string(),
            difference.tasks.to_string(),
            format!("{:.4}", difference.old),
            format!("{:.4}", difference.new),
            format!("{:+.4}{error}", difference.gain),
            difference.verdict.words().to_owned(),
        ]);
    }
    let Comparison { lists_changed, items_changed, items_listed, items, .. } = comparison;
    writeln!(
        text,
        "\nLists after five answers: {:.0} % differ, by {items_changed:.1} of ten items on average.\n\
         Items in any of them: {} before, {} now, of catalogues of {} and {}.\n\
         Size: {} bytes before, {} now.",
        100.0 * lists_changed,
        items_listed[0],
        items_listed[1],
        items[0],
        items[1],
        sizes[0],
        sizes[1]
    )
    .expect("writing to a string");
    text
}
