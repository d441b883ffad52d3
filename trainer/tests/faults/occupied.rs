//! Folders that are in use, or hold something else.

use crate::site::{PRESETS, Site, refuses, succeeds};
use std::fs;
use std::process::Stdio;

#[test]
fn a_second_training_in_the_same_folder_is_refused() {
    let site = Site::new();
    let mut first = site.train(PRESETS[0], "run");
    let mut first = first.args(["--epochs", "2000"]).stderr(Stdio::null()).spawn().unwrap();
    while !site.path("run/checkpoint.safetensors").exists() {
        assert!(first.try_wait().unwrap().is_none(), "the first training has ended");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let resumed = site.output(&["train", "--resume", "--out", "run"]);
    let message = String::from_utf8_lossy(&resumed.stderr).into_owned();
    assert!(first.try_wait().unwrap().is_none(), "the first training has ended: raise its epochs");
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(resumed.status.code(), Some(1), "{message}");
    assert!(message.contains("another training is writing to run"), "{message}");
}

/// Of two that start at once one trains, with the weights of its own seed.
#[test]
fn of_two_trainings_that_start_at_once_one_is_refused() {
    let site = Site::new();
    for round in 0..6 {
        let out = format!("run{round}");
        let start = |seed: &str| site.train(PRESETS[0], &out).args(["--seed", seed]).spawn().unwrap();
        let both = [start("1"), start("2")];
        let mut statuses = both.map(|child| child.wait_with_output().unwrap().status.code());
        let seed = if statuses[0] == Some(0) { "seed = 1" } else { "seed = 2" };
        statuses.sort();
        assert_eq!(statuses, [Some(0), Some(1)]);
        assert!(fs::read_to_string(site.path(&out).join("config.toml")).unwrap().contains(seed));
        site.succeed(&["export", "--run", &out, "--out", "bundle"]);
    }
}

#[test]
fn folders_that_are_no_runs_are_refused_by_name() {
    let site = Site::new();
    succeeds(&mut site.train(PRESETS[0], "run"));
    fs::remove_file(site.path("run/config.toml")).unwrap();
    refuses(&mut site.train(PRESETS[0], "run"), &["run holds", "no config.toml"]);
    site.refuse(&["train", "--resume", "--out", "run"], &["no run in run"]);
    fs::create_dir(site.path("notes")).unwrap();
    fs::write(site.path("notes/letter.txt"), "").unwrap();
    refuses(&mut site.train(PRESETS[0], "notes"), &["notes holds letter.txt"]);
    fs::create_dir(site.path("own")).unwrap();
    fs::write(site.path("own/split.json"), r#"{"warm_users": ["u1"], "cold_items": []}"#).unwrap();
    refuses(site.train(PRESETS[0], "own").args(["--split", "own/split.json"]), &["own holds split.json"]);
    assert!(site.path("own/split.json").exists());
    fs::write(site.path("file"), "").unwrap();
    refuses(&mut site.train(PRESETS[0], "file"), &["file"]);
}

#[test]
fn a_start_that_fails_leaves_no_folder() {
    let site = Site::new();
    fs::write(site.path("data/ratings.csv"), "user,item,rating\nu1,i1,1\nu2,i2,1\n").unwrap();
    for preset in PRESETS {
        refuses(&mut site.train(preset, "run"), &["no user"]);
        assert!(!site.path("run").exists(), "{preset}");
    }
}
