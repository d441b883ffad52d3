//! The npm packages that checks need.

use crate::process::{command, run};
use crate::stamp::{Fingerprint, Stamp};
use crate::steps::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;

/// Installs what the lock file in `folder` says, unless that was done already.
pub fn install(workspace: &Workspace, folder: &Path) -> Result<Outcome> {
    let lock = Fingerprint::default().file(&folder.join("package-lock.json"))?.hex();
    let stamp = Stamp::new(workspace, "installed", folder);
    if stamp.holds(&lock) && folder.join("node_modules").is_dir() {
        return Ok(Outcome::Unchanged);
    }
    let mut npm = command(workspace, tools::npm()?);
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    run(&mut npm, "check the connection to npm's registry")?;
    stamp.write(&lock)?;
    Ok(Outcome::Done)
}
