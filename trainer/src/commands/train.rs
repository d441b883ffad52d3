//! `trainer train`.

use crate::check::warnings;
use crate::data::Feedback;
use crate::interrupt::watch;
use crate::load::{EMBEDDED, load_dataset};
use crate::preset::{DEFAULT, Preset};
use crate::ranks;
use crate::terminal::{note, print};
use crate::train::{ItemChoice, Learned, Loaded, Run, RunConfig, train};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};

const DEFAULT_DATA: &str = "films";

/// Meta-learn a model from ratings or picks.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer train --data films --out runs/films
  trainer train --data comics --out runs/comics
  trainer train --data ml-1m --split split.json --preset melu --out runs/melu
  trainer train --resume --out runs/films         continue after an interruption

To go on from a finished run with newer data, see `trainer update`.

DATA is `films` (embedded; ratings of simulated raters), `comics` (embedded; picks, all invented), a
MovieLens-1M folder, or a folder with schema.toml, items.csv, ratings.csv or picks.csv and, optionally,
users.csv.

Built-in presets: default, for ratings and for picks; and for comparison ratings, picks (which learns from the better
half of ratings), gradient, ridge, melu, maml, anil, few-shot-dot. Print one with --print-preset, save it, change it, and
name the file: --preset mine.toml")]
pub struct Args {
    /// `films`, `comics`, or a folder with data [default: films]
    #[arg(long)]
    data: Option<String>,
    /// JSON file with warm_users, cold_items, validation_users; without it a tenth of the users is held out
    #[arg(long)]
    split: Option<PathBuf>,
    /// Whether ratings of the split's cold items are learned from [default: existing]
    #[arg(long, requires = "split")]
    items: Option<ItemChoice>,
    /// A built-in preset, or a TOML file [default: default]
    #[arg(long, value_name = "NAME|FILE")]
    preset: Option<String>,
    /// Seed of everything random: the same seed gives the same weights [default: 1]
    #[arg(long)]
    seed: Option<u64>,
    /// Take first-order meta-gradients (FOMAML) instead of exact ones
    #[arg(long)]
    first_order: bool,
    /// Number of epochs instead of the preset's
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: Option<u32>,
    /// Threads to use; the weights do not depend on it [default: all cores]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Continue the run in --out
    #[arg(long)]
    resume: bool,
    /// Folder of the run
    #[arg(long, required_unless_present = "print_preset")]
    out: Option<PathBuf>,
    /// Print the preset and stop
    #[arg(long)]
    print_preset: bool,
}

/// Train a new run, or continue one.
///
/// # Errors
/// Return an error if data or preset do not fit, or the folder holds another run.
pub fn run(args: Args) -> anyhow::Result<()> {
    if args.print_preset {
        return print(&Preset::text(args.preset.as_deref().unwrap_or(DEFAULT))?);
    }
    let folder = args.out.clone().context("--out names the folder of the run")?;
    use_threads(args.threads)?;
    let (run, loaded) = match args.resume {
        true => {
            let run = Run::resume(&folder)?;
            let asked = args.config(Some(&run.config))?;
            check_same(&folder, &run.config, &asked)?;
            let loaded = run.load()?;
            (run, loaded)
        }
        false => {
            ranks::first(|| Run::check_free(&folder))?;
            let data = load_dataset(&args.data()?.unwrap_or(DEFAULT_DATA.into()))?;
            let config = args.config(None)?;
            let loaded = config.encode(data)?;
            // The folder is created last, so that a failed start leaves none behind.
            (Run::create(&folder, config, &loaded)?, loaded)
        }
    };
    finish(&run, &loaded)
}

/// Use `threads` threads, if given.
///
/// # Errors
/// Return an error if they cannot be started.
pub fn use_threads(threads: Option<u16>) -> anyhow::Result<()> {
    match threads {
        Some(threads) => {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global().context("--threads")
        }
        None => Ok(()),
    }
}

/// Say what is learned from, train until the run is finished, and say where it is.
///
/// # Errors
/// Return the errors of training.
pub fn finish(run: &Run, loaded: &Loaded) -> anyhow::Result<()> {
    let folder = run.folder.display();
    describe(loaded, &run.config.preset);
    watch(format!("the last checkpoint is saved; go on with `trainer train --resume --out {folder}`"))?;
    train(run, loaded)?;
    note(&format!("trained: {folder}"));
    note(&format!(
        "next: `trainer evaluate --run {folder}` measures it, `trainer export --run {folder} --out bundle` makes what browsers read"
    ));
    Ok(())
}

/// Print what is learned from, what is left out, and what is likely not meant: on the first rank, of all ranks.
fn describe(loaded: &Loaded, preset: &Preset) {
    let ratings = loaded.encoded.shard.total(loaded.data.ratings.len());
    let feedback = loaded.data.feedback();
    let learned = Learned::of(loaded, preset);
    let warnings = warnings(loaded, preset);
    if !ranks::is_first() {
        return;
    }
    note(&format!(
        "{}: {} {} of {} items by {} users. {}",
        loaded.data.name,
        ratings,
        if feedback == Feedback::Picks { "picks" } else { "ratings" },
        loaded.data.items.ids.len(),
        loaded.data.users.ids.len(),
        loaded.data.notice
    ));
    loaded.data.changes.iter().for_each(|change| note(&format!("Data: {} {}.", change.count, change.what)));
    note(&format!("Learns from {} users, {} ratings of {} items.", learned.users, learned.ratings, learned.items));
    learned.left_out.iter().for_each(|part| note(&format!("Left out: {}.", part.words())));
    warnings.iter().for_each(|warning| note(&format!("Warning: {warning}.")));
}

/// Check that no option differs from those the run was started with.
fn check_same(folder: &Path, started: &RunConfig, asked: &RunConfig) -> anyhow::Result<()> {
    let (started, asked) = (lines(&toml::to_string(started)?), lines(&toml::to_string(asked)?));
    if let Some(asked) = asked.iter().find(|line| !started.contains(line)) {
        let key = asked.split(" = ").next().unwrap_or_default();
        let was = started.iter().find(|line| line.starts_with(&format!("{key} = "))).map_or("unset", String::as_str);
        bail!(
            "{} was started with {was}, not {asked}: leave the option out to go on, or start anew in another folder",
            folder.display()
        );
    }
    Ok(())
}

/// Return the lines of a TOML text, each with the name of its table before the key.
fn lines(text: &str) -> Vec<String> {
    let mut table = String::new();
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => table = format!("{name}."),
            None => lines.push(format!("{table}{line}")),
        }
    }
    lines
}

impl Args {
    /// Return the data's name or absolute path, if given.
    fn data(&self) -> anyhow::Result<Option<String>> {
        self.data.as_deref().map(absolute).transpose()
    }

    /// Return the configuration: options as given, or else as `started`, or else the defaults.
    fn config(&self, started: Option<&RunConfig>) -> anyhow::Result<RunConfig> {
        let mut preset = match (&self.preset, started) {
            (None, Some(started)) => started.preset.clone(),
            (name, _) => Preset::load(name.as_deref().unwrap_or(DEFAULT))?,
        };
        match &mut preset {
            Preset::Network(preset) => {
                preset.train.second_order &= !self.first_order;
                preset.train.epochs = self.epochs.map_or(preset.train.epochs, |epochs| epochs as usize);
            }
            Preset::Halves(preset) => {
                ensure!(
                    !self.first_order,
                    "--first-order: the preset {} has no meta-gradients of first order",
                    preset.name
                );
                preset.choice.epochs = self.epochs.map_or(preset.choice.epochs, |epochs| epochs as usize);
            }
        }
        let split = self.split.as_ref().map(std::path::absolute).transpose().context("--split")?;
        Ok(RunConfig {
            data: self.data()?.or(started.map(|s| s.data.clone())).unwrap_or(DEFAULT_DATA.into()),
            split: split.or(started.and_then(|s| s.split.clone())),
            items: self.items.or(started.map(|s| s.items)).unwrap_or(ItemChoice::Existing),
            seed: self.seed.or(started.map(|s| s.seed)).unwrap_or(1),
            preset,
            former: started.and_then(|s| s.former.clone()),
        })
    }
}

/// Return the name of an embedded data set, or the absolute path of a folder.
pub fn absolute(data: &str) -> anyhow::Result<String> {
    if EMBEDDED.contains(&data) {
        return Ok(data.into());
    }
    let path = std::path::absolute(data).context("--data")?;
    path.into_os_string().into_string().map_err(|path| anyhow::anyhow!("--data {path:?}: expected a path in UTF-8"))
}
