//! A kill before, within and after each file that a command writes.

use crate::site::{PRESETS, Site, contents, refuses, succeeds};
use std::fs;

/// Stages of writing a file, as `trainer/src/files.rs` names them.
const STAGES: [&str; 5] = ["begin", "half", "written", "kept", "renamed"];

/// Run `words` with a kill at each stage of each file in turn, and call `after` after each kill.
fn kill_everywhere(site: &Site, words: &[&str], mut before: impl FnMut(), mut after: impl FnMut(&str)) {
    for stage in STAGES {
        for file in 1.. {
            before();
            let at = format!("{file}:{stage}");
            let output = site.command(words).env("TRAINER_KILL_AT", &at).output().unwrap();
            if output.status.success() {
                assert!(file > 3 || stage == "kept", "{words:?} was not killed at {at}");
                break;
            }
            assert_eq!(output.status.code(), None, "{at}: {}", String::from_utf8_lossy(&output.stderr));
            after(&at);
        }
    }
}

/// Return the number of temporary files in a folder.
fn temporary(site: &Site, folder: &str) -> usize {
    let names = fs::read_dir(site.path(folder)).into_iter().flatten();
    names.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".tmp")).count()
}

#[test]
fn a_training_killed_at_any_file_is_unfinished_and_resumes_to_the_same_model() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "whole"));
        let whole = contents(&site.path("whole"));
        let words = ["train", "--data", "data", "--preset", preset, "--threads", "1", "--out", "killed"];
        let remove = || drop(fs::remove_dir_all(site.path("killed")));
        kill_everywhere(&site, &words, remove, |at| {
            let run = site.path("killed");
            if !run.join("config.toml").exists() {
                // Nothing has started, so the same command does.
                succeeds(&mut site.train(preset, "killed"));
            } else if !run.join("finished.json").exists() {
                for command in ["export", "evaluate", "report"] {
                    let out = ["--out", if command == "export" { "bundle" } else { "report.html" }];
                    let out = if command == "evaluate" { &[][..] } else { &out };
                    site.refuse(&[&[command, "--run", "killed"], out].concat(), &["has not finished", "--resume"]);
                }
                refuses(&mut site.train(preset, "killed"), &["holds a run already", "--resume"]);
                site.succeed(&["train", "--resume", "--out", "killed"]);
            }
            assert!(contents(&run) == whole, "{preset}: killed at {at}, resumed to another model");
            assert_eq!(
                temporary(&site, "killed") + temporary(&site, "killed/model"),
                0,
                "{at}: temporary files are left"
            );
        });
        fs::remove_dir_all(site.path("whole")).unwrap();
    }
}

#[test]
fn an_export_killed_at_any_file_leaves_the_former_bundle_or_the_new_one() {
    let site = Site::new();
    for preset in PRESETS {
        for (out, seed) in [("one", "1"), ("two", "2")] {
            succeeds(site.train(preset, out).args(["--seed", seed]));
            site.succeed(&["export", "--run", out, "--out", &format!("bundle-{out}")]);
        }
        fs::write(site.path("tasks.jsonl"), r#"{"user":"v","support":[["i1",5],["i2",1]],"query":[["i3",4]]}"#)
            .unwrap();
        let predict = |bundle: &str| {
            site.succeed(&["predict", "--bundle", bundle, "--tasks", "tasks.jsonl", "--lists", "--out", "lists.jsonl"]);
            fs::read_to_string(site.path("lists.jsonl")).unwrap()
        };
        let right = [predict("bundle-one"), predict("bundle-two")];
        assert_ne!(right[0], right[1]);
        let restore = || site.succeed(&["export", "--run", "one", "--out", "bundle", "--keep", "0"]);
        kill_everywhere(
            &site,
            &["export", "--run", "two", "--out", "bundle", "--keep", "0"],
            || drop(restore()),
            |at| {
                assert!(right.contains(&predict("bundle")), "{at}");
                site.succeed(&["export", "--run", "two", "--out", "bundle", "--keep", "0"]);
                assert_eq!(predict("bundle"), right[1], "{at}");
                let files = fs::read_dir(site.path("bundle")).unwrap().count();
                assert_eq!(files, 3, "{at}: a bundle has three files");
            },
        );
        ["one", "two", "bundle", "bundle-one", "bundle-two"]
            .iter()
            .for_each(|folder| fs::remove_dir_all(site.path(folder)).unwrap());
    }
}

/// Predictions and reports go to folders that may hold anything, such as the current one: what a kill left of a file is removed when
/// that file is written again, and nothing else.
#[test]
fn a_killed_prediction_or_report_leaves_nothing_once_it_is_written_again() {
    let site = Site::new();
    succeeds(&mut site.train(PRESETS[1], "run"));
    site.succeed(&["export", "--run", "run", "--out", "bundle"]);
    fs::write(site.path("tasks.jsonl"), r#"{"user":"v","support":[["i1",5],["i2",1]],"query":[["i3",4]]}"#).unwrap();
    fs::write(site.path(".tmp-lists.jsonl-of-mine"), "").unwrap();
    let predict = ["predict", "--bundle", "bundle", "--tasks", "tasks.jsonl", "--lists", "--out", "lists.jsonl"];
    let report = ["report", "--run", "run", "--out", "report.html"];
    for words in [&predict[..], &report] {
        for stage in ["half", "written"] {
            let output = site.command(words).env("TRAINER_KILL_AT", format!("1:{stage}")).output().unwrap();
            assert_eq!(output.status.code(), None);
            assert_eq!(temporary(&site, ""), 2, "{words:?}: killed when the file was {stage}");
            site.succeed(words);
            assert_eq!(temporary(&site, ""), 1, "{words:?}");
        }
    }
}
