//! `trainer bench`.

use crate::bench::{grow, measure, page, table};
use crate::files::write_atomically;
use crate::load::load_dataset;
use crate::page::check_html_name;
use crate::preset::{NetworkPreset, Preset};
use crate::terminal::print;
use crate::train::{ItemChoice, RunConfig};
use anyhow::Context;
use serde::Serialize;
use std::path::{Path, PathBuf};

const DEFAULT_DATA: &str = "films";

/// `--growth` measures the first of them.
const DEFAULT_PRESETS: [&str; 3] = ["ratings", "melu", "gradient"];

/// Measure how fast this machine trains.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer bench
  trainer bench --data ml-1m --split split.json --presets melu,gradient,maml,anil --json bench.json
  trainer bench --growth --out growth.html

Each preset learns on one thread and on two, and where its local update takes gradient steps, by meta-gradients of
first and of second order. After a batch to warm up, the median of five samples of batches counts; a run on an idle
machine takes about two seconds for each line of the table. ×first is what second order costs, in CPU time, as
a multiple of first order. The trained weights are not saved.

--growth measures on generated data, with up to eight times as many ratings, users or items, and with embeddings of
up to 128 numbers: charts as an HTML page.")]
pub struct Args {
    /// `films`, `comics`, or a folder with data [default: films]
    #[arg(long, conflicts_with = "growth")]
    data: Option<String>,
    /// JSON file with warm_users, cold_items, validation_users; without it a tenth of the users is held out
    #[arg(long, requires = "data")]
    split: Option<PathBuf>,
    /// Whether ratings of the split's cold items are learned from
    #[arg(long, requires = "split", default_value = "existing")]
    items: ItemChoice,
    /// Presets, built-in or TOML files; --growth takes the first [default: ratings,melu,gradient]
    #[arg(long, value_name = "NAME|FILE", value_delimiter = ',')]
    presets: Vec<String>,
    /// Also write all numbers to a file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure how cost grows with data and width
    #[arg(long, requires = "out")]
    growth: bool,
    /// With --growth: the page to write
    #[arg(long, value_name = "FILE.html", requires = "growth")]
    out: Option<PathBuf>,
}

/// Print the table, or write the page and print its path.
///
/// # Errors
/// Return an error if data or presets cannot be read or do not fit, or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let names = if args.presets.is_empty() { DEFAULT_PRESETS.map(Into::into).to_vec() } else { args.presets.clone() };
    let presets: Vec<NetworkPreset> = names.iter().map(|name| NetworkPreset::load(name)).collect::<Result<_, _>>()?;
    if let (true, Some(out)) = (args.growth, &args.out) {
        check_html_name(out)?;
        let growth = grow(&presets[0], 2)?;
        args.write_json(&growth)?;
        write_atomically(out, page(&growth).into_string().as_bytes())?;
        return print(&format!("{}\n", out.display()));
    }
    let data = args.data.as_deref().unwrap_or(DEFAULT_DATA);
    let config = |preset| RunConfig {
        data: data.into(),
        split: args.split.clone(),
        items: args.items,
        seed: 1,
        preset: Preset::Network(preset),
        former: None,
    };
    let configs: Vec<RunConfig> = presets.into_iter().map(config).collect();
    let costs = measure(&configs, || Ok(load_dataset(data)?))?;
    args.write_json(&costs)?;
    print(&table(&costs))
}

impl Args {
    /// Write the numbers to the file of `--json`, if given.
    fn write_json(&self, numbers: &impl Serialize) -> anyhow::Result<()> {
        let write = |path: &Path| write_atomically(path, &serde_json::to_vec_pretty(numbers)?);
        self.json.as_deref().map_or(Ok(()), |path| write(path).with_context(|| format!("--json {}", path.display())))
    }
}
