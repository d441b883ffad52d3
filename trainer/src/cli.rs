//! The command line: words, help, exit status.

use crate::commands;
use clap::{Parser, Subcommand};

/// Meta-learns recommenders that adapt in the browser, from a site's ratings.
#[derive(Debug, Parser)]
#[command(name = "trainer", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "A first model, from the films that come with the trainer (their raters are simulated):

  trainer train --data films --out runs/films
  trainer evaluate --run runs/films
  trainer evidence --run runs/films
  trainer export --run runs/films --out bundle
  trainer serve --bundle bundle

Progress goes to stderr, results to stdout. Exit status: 0, 1 for a failed run, 2 for wrong usage.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Bench(commands::bench::Args),
    Train(commands::train::Args),
    Evaluate(commands::evaluate::Args),
    Evidence(commands::evidence::Args),
    Export(commands::export::Args),
    Generate(commands::generate::Args),
    Predict(commands::predict::Args),
    Report(commands::report::Args),
    Serve(commands::serve::Args),
    Visitors(commands::visitors::Args),
}

impl Cli {
    /// Does what the words say.
    ///
    /// # Errors
    /// As the command says, with what to do about it.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Bench(args) => commands::bench::run(&args),
            Command::Train(args) => commands::train::run(args),
            Command::Evaluate(args) => commands::evaluate::run(&args),
            Command::Evidence(args) => commands::evidence::run(&args),
            Command::Export(args) => commands::export::run(&args),
            Command::Generate(args) => commands::generate::run(&args),
            Command::Predict(args) => commands::predict::run(&args),
            Command::Report(args) => commands::report::run(args),
            Command::Serve(args) => commands::serve::run(args),
            Command::Visitors(args) => commands::visitors::run(&args),
        }
    }
}
