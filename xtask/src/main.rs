//! The project's commands, run as `cargo xtask demo`, `cargo xtask package`, `cargo xtask test`, `cargo xtask torture` and
//! `cargo xtask bench-browser`.

// `println!` and `eprintln!` panic where nobody takes their output.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod bench_browser;
mod browser;
mod demo;
mod imports;
mod model;
mod npm;
mod package;
mod process;
mod publish;
mod stamp;
mod steps;
mod terminal;
mod test;
mod tools;
mod torture;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use terminal::note;
use workspace::Workspace;

/// See the demo page, make the npm package, run every check, torture the trainer, or measure in a browser.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Package(publish::Package),
    Test(test::Test),
    Torture(torture::Torture),
    BenchBrowser(bench_browser::BenchBrowser),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match Workspace::locate().and_then(|workspace| cli.run(&workspace)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Cli {
    fn run(&self, workspace: &Workspace) -> anyhow::Result<()> {
        match &self.command {
            Command::Demo(demo) => demo.run(workspace),
            Command::Package(package) => package.run(workspace),
            Command::Test(test) => test.run(workspace),
            Command::Torture(torture) => torture.run(workspace),
            Command::BenchBrowser(bench) => bench.run(workspace),
        }
    }
}
