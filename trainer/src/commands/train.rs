//! `trainer train`.

use crate::preset::Preset;
use crate::run::{ItemChoice, Run, RunConfig};
use crate::train::train;
use anyhow::{Context, ensure};
use std::path::PathBuf;

/// Meta-learn a model from ratings.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer train --data films --out runs/films
  trainer train --data ml-1m --split split.json --preset melu --out runs/melu
  trainer train --resume --out runs/films         go on after an interruption

DATA is `films` (embedded; the raters are simulated), a MovieLens-1M folder, or a folder with
schema.toml, ratings.csv, items.csv and, if you like, users.csv.

Built-in presets: ratings (the default), melu, maml, anil, few-shot-dot. Print one with --print-preset,
save it, change it, and name the file: --preset mine.toml")]
pub struct Args {
    /// `films`, or a folder with data [default: films]
    #[arg(long)]
    data: Option<String>,
    /// JSON file with warm_users, cold_items, validation_users; without it a tenth of the users is held out
    #[arg(long)]
    split: Option<PathBuf>,
    /// Whether ratings of the split's cold items are learned from [default: existing]
    #[arg(long)]
    items: Option<ItemChoice>,
    /// A built-in preset, or a TOML file [default: ratings]
    #[arg(long, value_name = "NAME|FILE")]
    preset: Option<String>,
    /// Seed of everything random: the same seed gives the same weights [default: 1]
    #[arg(long)]
    seed: Option<u64>,
    /// Take first-order meta-gradients (FOMAML) instead of exact ones
    #[arg(long)]
    first_order: bool,
    /// Number of epochs instead of the preset's
    #[arg(long)]
    epochs: Option<usize>,
    /// Threads to use; the weights do not depend on it [default: all cores]
    #[arg(long)]
    threads: Option<usize>,
    /// Go on with the run in --out
    #[arg(long)]
    resume: bool,
    /// Folder of the run
    #[arg(long, required_unless_present = "print_preset")]
    out: Option<PathBuf>,
    /// Print the preset and stop
    #[arg(long)]
    print_preset: bool,
}

/// Trains, or goes on.
///
/// # Errors
/// Where data, preset or folder do not allow it.
pub fn run(args: Args) -> anyhow::Result<()> {
    if args.print_preset {
        print!("{}", toml::to_string(&args.config(None)?.preset)?);
        return Ok(());
    }
    let folder = args.out.clone().context("--out names the folder of the run")?;
    let run = if args.resume {
        let run = Run::open(&folder)?;
        let asked = args.config(Some(&run.config))?;
        ensure!(
            asked == run.config,
            "{} was started with other options: leave them out to go on with it, or start anew in another folder",
            folder.display()
        );
        run
    } else {
        Run::create(&folder, args.config(None)?)?
    };
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("--threads")?;
    }
    let loaded = run.load()?;
    eprintln!(
        "{}: {} ratings of {} items by {} users. {}",
        loaded.data.name,
        loaded.data.ratings.len(),
        loaded.data.items.ids.len(),
        loaded.data.users.ids.len(),
        loaded.data.notice
    );
    train(&run, &loaded)?;
    eprintln!("trained: {}", folder.display());
    Ok(())
}

impl Args {
    /// The options as given; where not given, as `started`, or else the defaults.
    fn config(&self, started: Option<&RunConfig>) -> anyhow::Result<RunConfig> {
        let mut preset = match (&self.preset, started) {
            (None, Some(started)) => started.preset.clone(),
            (name, _) => Preset::load(name.as_deref().unwrap_or("ratings"))?,
        };
        preset.train.second_order &= !self.first_order;
        preset.train.epochs = self.epochs.unwrap_or(preset.train.epochs);
        let data = match &self.data {
            Some(data) => Some(absolute(data)?),
            None => None,
        };
        let split = self.split.as_ref().map(std::path::absolute).transpose().context("--split")?;
        Ok(RunConfig {
            data: data.or(started.map(|s| s.data.clone())).unwrap_or("films".into()),
            split: split.or(started.and_then(|s| s.split.clone())),
            items: self.items.or(started.map(|s| s.items)).unwrap_or(ItemChoice::Existing),
            seed: self.seed.or(started.map(|s| s.seed)).unwrap_or(1),
            preset,
        })
    }
}

/// The data's folder as it can be found from anywhere.
fn absolute(data: &str) -> anyhow::Result<String> {
    if data == "films" {
        return Ok(data.into());
    }
    let path = std::path::absolute(data).context("--data")?;
    path.into_os_string().into_string().map_err(|path| anyhow::anyhow!("--data {path:?}: expected a path in UTF-8"))
}
