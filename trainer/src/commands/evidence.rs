//! `trainer evidence`.

use crate::evidence::{NamedCandidate, Strategy, name_candidates, rank};
use crate::terminal::print;
use crate::train::Run;
use std::fmt::Write;
use std::path::PathBuf;

/// List the items worth asking a new user about.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:

  trainer evidence --run runs/films
  trainer evidence --run runs/films --strategy frobenius --top 10
  trainer evidence --run runs/films --json > candidates.json

For each item: the mean, over the users who rated it, of the Frobenius norm of the local-update gradient; its
popularity in training; both min-max normalised to [0, 1] over the items with ratings (0 for all others, which
come last); and the strategy's score, which for `frobenius` is their product. The gradient is by the parameters
that the local update moves: under local.scope = \"all\" the embeddings are among them.")]
pub struct Args {
    /// Folder of the run
    #[arg(long)]
    run: PathBuf,
    /// How items are chosen [default: personal; of a network variance, for picks popularity]
    #[arg(long)]
    strategy: Option<Strategy>,
    /// How many to list
    #[arg(long, default_value_t = 20)]
    top: usize,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Print the candidates.
///
/// # Errors
/// Return an error if the run cannot be read.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (run, loaded, model) = Run::trained(&args.run)?;
    let ranked = rank(args.strategy.unwrap_or(Strategy::of(&model)), &model, &loaded.encoded, run.config.seed)?;
    let lines = name_candidates(&ranked, &loaded.data, args.top);
    match args.json {
        true => print(&(serde_json::to_string_pretty(&lines)? + "\n")),
        false => print(&table(&lines)?),
    }
}

fn table(lines: &[NamedCandidate]) -> Result<String, std::fmt::Error> {
    let mut text = format!(
        "{:>4}  {:<42}{:>10}{:>12}{:>10}{:>12}{:>9}\n",
        "rank", "item", "mean norm", "popularity", "norm 0–1", "popul. 0–1", "score"
    );
    for NamedCandidate { rank, title, candidate: c, .. } in lines {
        let title: String = title.chars().take(40).collect();
        writeln!(
            text,
            "{rank:>4}  {title:<42}{:>10.4}{:>12}{:>10.4}{:>12.4}{:>9.4}",
            c.norm, c.popularity, c.norm_share, c.popularity_share, c.score
        )?;
    }
    Ok(text)
}
