//! The command line: subcommands, help and exit status.

use super::{
    bench, check, compare, evaluate, evidence, export, generate, measure, plan, predict, preview, report, rollback,
    serve, train, update, visitors,
};
use crate::ranks;
use anyhow::ensure;
use clap::{Parser, Subcommand};

/// Train recommenders that adapt in the browser, from a site's ratings or picks.
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
    Bench(bench::Args),
    Check(check::Args),
    Compare(compare::Args),
    Train(train::Args),
    Evaluate(evaluate::Args),
    Evidence(evidence::Args),
    Export(export::Args),
    Generate(generate::Args),
    Measure(measure::Args),
    Plan(plan::Args),
    Predict(predict::Args),
    Preview(preview::Args),
    Report(report::Args),
    Rollback(rollback::Args),
    Serve(serve::Args),
    Update(update::Args),
    Visitors(visitors::Args),
}

impl Cli {
    /// Run the command.
    ///
    /// # Errors
    /// Return the error of the command, or an error if it runs on one rank only and was launched on several.
    pub fn run(self) -> anyhow::Result<()> {
        ensure!(
            ranks::size() == 1 || matches!(self.command, Command::Train(_) | Command::Update(_)),
            "launched on {} ranks: expected `trainer train` or `trainer update`, which alone run on several; launch this one without mpirun",
            ranks::size()
        );
        match self.command {
            Command::Bench(args) => bench::run(&args),
            Command::Check(args) => check::run(&args),
            Command::Compare(args) => compare::run(&args),
            Command::Train(args) => train::run(args),
            Command::Evaluate(args) => evaluate::run(&args),
            Command::Evidence(args) => evidence::run(&args),
            Command::Export(args) => export::run(&args),
            Command::Generate(args) => generate::run(&args),
            Command::Measure(args) => measure::run(&args),
            Command::Plan(args) => plan::run(&args),
            Command::Predict(args) => predict::run(&args),
            Command::Preview(args) => preview::run(args),
            Command::Report(args) => report::run(args),
            Command::Rollback(args) => rollback::run(&args),
            Command::Serve(args) => serve::run(args),
            Command::Update(args) => update::run(args),
            Command::Visitors(args) => visitors::run(&args),
        }
    }
}
