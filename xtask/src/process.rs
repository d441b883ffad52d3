//! Child processes: a clean environment, and errors that say what to do.

use crate::terminal::note;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// A command that starts in the workspace's root.
///
/// `cargo run` describes xtask to its child in the environment. Inherited further, those variables
/// would make some build scripts run again each time a build changes hands.
pub fn command(workspace: &Workspace, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&workspace.root);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started this program.
pub fn cargo(workspace: &Workspace) -> Command {
    command(workspace, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` to its end; on failure the error quotes it and ends with `advice`.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let line = line(command);
    note!("    $ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`: {advice}"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}: {advice}");
    }
    Ok(())
}

/// Whether `command` starts and succeeds, with nothing shown of what it prints.
pub fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The first file called `name` in the folders of PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// The command as a reader could type it, without the folder of the program.
fn line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program()).to_os_string();
    let words = std::iter::once(program.as_os_str()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Proves that a failure quotes the command and says what to do.
    #[test]
    fn a_failure_quotes_the_command_and_gives_advice() {
        let error = run(Command::new("cargo").arg("no-such-subcommand"), "look above").unwrap_err().to_string();
        assert!(error.starts_with("`cargo no-such-subcommand` ended with exit status"), "{error}");
        assert!(error.ends_with(": look above"), "{error}");
    }
}
