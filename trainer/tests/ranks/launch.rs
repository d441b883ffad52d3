//! Launches trainings, alone and by `mpirun`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Seconds after which a launch that hangs is ended.
const TIMEOUT: &str = "120";

/// Return whether there is an `mpirun`; say so if not.
pub fn has_mpirun() -> bool {
    let has = Command::new("mpirun").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has {
        trainer::terminal::note("skipped: mpirun is not there (Debian: apt-get install openmpi-bin)");
    }
    has
}

/// Return the command that launches what is appended to it on so many ranks.
pub fn launch(folder: &Path, ranks: usize) -> Command {
    let mut command = Command::new("mpirun");
    command.args(["--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1", "--timeout", TIMEOUT]);
    command.args(["-n", &ranks.to_string()]);
    // Containers have no other user than root.
    command.env("OMPI_ALLOW_RUN_AS_ROOT", "1").env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    prepared(command, folder)
}

/// Return the command for a training on so many ranks with so many threads each; `words` are those of the trainer.
pub fn on_ranks(folder: &Path, ranks: usize, threads: usize, words: &[&str]) -> Command {
    let mut command = launch(folder, ranks);
    command.arg(env!("CARGO_BIN_EXE_trainer")).args(words).args(["--threads", &threads.to_string()]);
    command
}

/// Return the command for a process that no launcher started: of the trainer that `TRAINER_ALONE` names, which is built without MPI,
/// or else of the one under test.
pub fn alone(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("TRAINER_ALONE").unwrap_or(env!("CARGO_BIN_EXE_trainer").into()));
    command.args(words);
    prepared(command, folder)
}

fn prepared(mut command: Command, folder: &Path) -> Command {
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Run a command that must succeed; return what it printed on stderr.
pub fn succeed(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", errors(&output));
    errors(&output)
}

pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Return the files of a run by relative path; of its metrics what is no duration, and nothing that hashes these.
pub fn contents(run: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(run).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            files.extend(contents(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else if name == "metrics.jsonl" {
            let line = |line: &str| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{} {} {}\n", line["epoch"], line["query_loss"], line["held_out_ndcg"])
            };
            files.insert(name, fs::read_to_string(entry.path()).unwrap().lines().map(line).collect::<String>().into());
        } else if !name.starts_with('.') && name != "finished.json" {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Check that two runs are the same, file by file.
pub fn assert_same(folder: &Path, expected: &str, found: &str) {
    let [expected, mut found_files] = [expected, found].map(|run| contents(&folder.join(run)));
    for (name, bytes) in expected {
        assert!(found_files.remove(&name).is_some_and(|found| found == bytes), "{found}: another {name}");
    }
    assert!(found_files.is_empty(), "{found}: {:?} beside the others", found_files.keys());
}
