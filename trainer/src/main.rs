//! The `trainer` command.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match trainer::commands::cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            trainer::terminal::note(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
