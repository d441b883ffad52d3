//! Where one rank fails, all end within seconds with one error, and another number of ranks can go on.

use crate::launch::{alone, assert_same, errors, has_mpirun, launch, on_ranks, succeed};
use crate::sites::{sites, write_preset};
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The longest that other ranks may live on.
const MAX_SECONDS: f64 = 10.0;

const EPOCHS: &str = "60";

/// Return the process of a rank that was launched in `folder`.
fn process_of(rank: usize, folder: &Path) -> u32 {
    let is_it = |pid: &u32| {
        let process = Path::new("/proc").join(pid.to_string());
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        let marker = format!("OMPI_COMM_WORLD_RANK={rank}");
        fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == folder.canonicalize().unwrap())
            && environment.split(|&byte| byte == 0).any(|variable| variable == marker.as_bytes())
    };
    let names = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    names.filter_map(|name| name.parse().ok()).find(is_it).expect("a process of the rank")
}

fn wait_for(file: &Path, child: &mut Child) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !file.exists() {
        assert!(Instant::now() < deadline && child.try_wait().unwrap().is_none(), "no {}", file.display());
        sleep(Duration::from_millis(2));
    }
}

/// Run a command that must fail within seconds after it began to, with `expected` in its message once.
fn assert_fails(mut command: Command, expected: &str) -> String {
    let started = Instant::now();
    let output = command.output().unwrap();
    let message = errors(&output);
    assert!(!output.status.success(), "{command:?}: {message}");
    assert_eq!(message.matches(expected).count(), 1, "{command:?}: {message}");
    assert!(started.elapsed().as_secs_f64() < 2.0 * MAX_SECONDS, "{command:?}: {:?}", started.elapsed());
    message
}

/// Proves that after a kill of any rank the launch ends within 10 s, and that another number of ranks goes on to the same model.
#[test]
fn a_killed_rank_ends_all_and_others_go_on() {
    if !has_mpirun() {
        return;
    }
    let sites = sites();
    let folder = sites.path();
    for (preset, killed) in [("ratings", 1), ("default", 0)] {
        let file = write_preset(folder, preset);
        let [whole, run] = ["whole", "run"].map(|name| format!("{preset}-{name}"));
        fn words<'a>(file: &'a str, out: &'a str) -> [&'a str; 9] {
            ["train", "--data", "ratings", "--preset", file, "--epochs", EPOCHS, "--out", out]
        }
        succeed(alone(folder, &words(&file, &whole)));
        let mut launched = on_ranks(folder, 3, 1, &words(&file, &run)).spawn().unwrap();
        wait_for(&folder.join(&run).join("checkpoint.safetensors"), &mut launched);
        let pid = process_of(killed, folder).to_string();
        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
        let started = Instant::now();
        assert!(!launched.wait_with_output().unwrap().status.success(), "a killed rank is no success");
        assert!(started.elapsed().as_secs_f64() < MAX_SECONDS, "{:?}", started.elapsed());
        assert!(!folder.join(&run).join("finished.json").exists(), "the run had ended: raise EPOCHS");
        succeed(on_ranks(folder, 2, 1, &["train", "--resume", "--out", &run]));
        // The checkpoint before the last is of another epoch where the run went on.
        for run in [&whole, &run] {
            fs::remove_file(folder.join(run).join("checkpoint.former.safetensors")).unwrap();
        }
        assert_same(folder, &whole, &run);
    }
}

/// Proves that a panic, which would leave the others waiting, ends them, and that it is told once.
#[test]
fn a_panic_ends_all() {
    if !has_mpirun() {
        return;
    }
    let sites = sites();
    let file = write_preset(sites.path(), "default");
    let words = ["train", "--data", "ratings", "--preset", &file, "--out", "run"];
    let mut command = on_ranks(sites.path(), 3, 1, &words);
    command.env("TRAINER_PANIC_AT", "2:40");
    let message = assert_fails(command, "rank 2 has panicked");
    assert!(message.contains("TRAINER_PANIC_AT"), "{message}");
}

/// Proves that a full disk of the first rank, which alone writes, ends all with its error, and that the run can go on.
#[test]
fn a_full_disk_ends_all() {
    if !has_mpirun() {
        return;
    }
    let sites = sites();
    let folder = sites.path();
    let file = write_preset(folder, "ratings");
    let line = format!("trap '' XFSZ; ulimit -f 64; exec {} \"$@\"", env!("CARGO_BIN_EXE_trainer"));
    let script = folder.join("limited.sh");
    fs::write(&script, format!("#!/bin/sh\n{line}\n")).unwrap();
    let words = ["train", "--data", "ratings", "--preset", &file, "--out", "run"];
    let mut limited = launch(folder, 3);
    // The limit is not meant for the files in which ranks share memory.
    limited.args(["--mca", "btl", "tcp,self"]).env("PMIX_MCA_gds", "hash");
    limited.arg("sh").arg(&script).args(words);
    assert_fails(limited, "error: cannot write");
    assert!(!folder.join("run/config.toml").exists(), "a start without a checkpoint leaves no run");
}

/// Proves that what only one process can do is refused, and that errors and help that all ranks have are told once.
#[test]
fn what_all_ranks_say_is_said_once() {
    if !has_mpirun() {
        return;
    }
    let sites = sites();
    let folder = sites.path();
    let mut check = launch(folder, 3);
    check.arg(env!("CARGO_BIN_EXE_trainer")).args(["check", "--data", "ratings"]);
    assert_fails(check, "expected `trainer train`");
    assert_fails(on_ranks(folder, 3, 1, &["train", "--data", "nowhere", "--out", "run"]), "no such folder");
    assert_fails(on_ranks(folder, 3, 1, &["train", "--dato", "films"]), "unexpected argument '--dato'");
    let help = on_ranks(folder, 3, 1, &["train", "--help"]).output().unwrap();
    assert!(help.status.success());
    assert_eq!(String::from_utf8_lossy(&help.stdout).matches("Usage:").count(), 1);
}

/// Proves that ranks with other files than the first are refused, by the rank, before they exchange any of them.
#[test]
fn other_data_on_a_rank_ends_all() {
    if !has_mpirun() {
        return;
    }
    let sites = sites();
    let folder = sites.path();
    let preset = fs::canonicalize(folder.join(write_preset(folder, "default"))).unwrap();
    let movies = "1::One (1999)::Drama\n2::Two (2000)::Comedy\n";
    for (rank, stars) in [("0", 3), ("1", 4)] {
        let own = folder.join("rank-".to_owned() + rank);
        fs::create_dir_all(own.join("films")).unwrap();
        let ratings: String = (0..40).map(|user| format!("{user}::1::{stars}::0\n{user}::2::5::0\n")).collect();
        let users: String = (0..40).map(|user| format!("{user}::F::25::15::94110\n")).collect();
        for (name, text) in [("ratings.dat", &*ratings), ("users.dat", &users), ("movies.dat", movies)] {
            fs::write(own.join("films").join(name), text).unwrap();
        }
        fs::create_dir(own.join("shop")).unwrap();
        for entry in fs::read_dir(folder.join("ratings")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), own.join("shop").join(entry.file_name())).unwrap();
        }
    }
    // One user more, whom nobody rates by.
    let users = folder.join("rank-1/shop/users.csv");
    let text = fs::read_to_string(&users).unwrap();
    fs::write(&users, text + "stranger,1\n").unwrap();
    for data in ["./films", "shop"] {
        let mut command = launch(folder, 2);
        let line = "cd rank-$OMPI_COMM_WORLD_RANK && exec \"$0\" \"$@\"";
        command.args(["sh", "-c", line, env!("CARGO_BIN_EXE_trainer"), "train", "--data", data, "--preset"]);
        command.arg(&preset).args(["--out", "run"]);
        assert_fails(command, "rank 1 reads other data than the first");
    }
}
