//! `cargo xtask torture`: kills, flipped bits, full disks, read-only folders and two trainings at once, again and again.

use crate::process::{cargo, run};
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;

/// Kill trainings, exports and reports at random times, and run every test of faults.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask torture
  cargo xtask torture --kills 2000

The kills at each file that is written, flipped bits, full disks, read-only folders and locks are part of `cargo xtask test --only native`
too; the kills at random times are not.")]
pub struct Torture {
    /// Number of kills at random times
    #[arg(long, default_value_t = 200)]
    kills: u32,
}

impl Torture {
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let mut cargo = cargo(workspace);
        cargo.args(["test", "--package", "trainer", "--test", "faults", "--", "--include-ignored"]);
        run(cargo.env("TORTURE_KILLS", self.kills.to_string()), "the message above names the file and the kill")
    }
}
