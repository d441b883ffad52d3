//! Commands of the trainer, run in a folder.

use std::path::Path;
use std::process::{Command, Output};

/// Run a command that must succeed.
pub fn succeed(folder: &Path, args: &[&str]) -> Output {
    let output = trainer(folder, args);
    assert!(output.status.success(), "trainer {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

pub fn trainer(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trainer")).args(args).current_dir(folder).output().unwrap()
}
