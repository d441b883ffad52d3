//! The `trainer` command.

use clap::Parser as _;
use std::process::ExitCode;
use trainer::commands::cli::Cli;
use trainer::{ranks, terminal};

fn main() -> ExitCode {
    // MPI is started before anything else, and ends when this is dropped.
    let _started = match ranks::start() {
        Ok(started) => started,
        Err(error) => {
            terminal::report(&error);
            return ExitCode::FAILURE;
        }
    };
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => return terminal::explain(&usage),
    };
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::report(&error);
            ranks::abort();
            ExitCode::FAILURE
        }
    }
}
