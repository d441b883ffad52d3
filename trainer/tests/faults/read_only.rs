//! Folders that cannot be written.
#![cfg(target_os = "linux")]

use crate::site::{PRESETS, Site, contents, refuses, succeeds};
use std::fs;
use std::process::{Command, Stdio};

/// Return a command that runs the trainer with the site's folder `frozen` mounted read-only, which also stops root.
fn frozen(site: &Site, words: &[&str]) -> Command {
    let line = "mount --bind frozen frozen && mount -o remount,bind,ro frozen && exec \"$0\" \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", line, env!("CARGO_BIN_EXE_trainer")]).args(words);
    command.current_dir(site.path("")).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What is in a read-only folder can be used, and is not changed; what would be written there is refused by its name.
#[test]
fn a_read_only_folder_is_read_and_refused_by_name_where_it_would_be_written() {
    let site = Site::new();
    succeeds(&mut site.train(PRESETS[1], "frozen/run"));
    site.succeed(&["export", "--run", "frozen/run", "--out", "frozen/bundle"]);
    fs::write(site.path("tasks.jsonl"), r#"{"user":"v","support":[["i1",5],["i2",1]],"query":[["i3",4]]}"#).unwrap();
    if !frozen(&site, &["--version"]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no folder can be mounted read-only here (unshare --mount)");
        return;
    }
    let before = contents(&site.path("frozen"));
    let refuse =
        |words: &[&str], expected: &str| refuses(&mut frozen(&site, words), &[expected, "Read-only file system"]);
    let train = ["train", "--data", "data", "--preset", PRESETS[1], "--threads", "1", "--out"];
    refuse(&[&train[..], &["frozen/other"]].concat(), "cannot create the folder frozen/other");
    refuse(&["train", "--resume", "--out", "frozen/run"], "frozen/run");
    refuse(&["export", "--run", "frozen/run", "--out", "frozen/other"], "cannot create the folder frozen/other");
    refuse(&["export", "--run", "frozen/run", "--out", "frozen/bundle"], "frozen/bundle");
    let predict = ["predict", "--bundle", "frozen/bundle", "--tasks", "tasks.jsonl", "--lists", "--out"];
    refuse(&[&predict[..], &["frozen/lists.jsonl"]].concat(), "cannot write frozen/lists.jsonl");
    refuse(&["report", "--run", "frozen/run", "--out", "frozen/report.html"], "cannot write frozen/report");
    assert!(contents(&site.path("frozen")) == before);

    succeeds(&mut frozen(&site, &["export", "--run", "frozen/run", "--out", "bundle"]));
    succeeds(&mut frozen(&site, &[&predict[..], &["lists.jsonl"]].concat()));
    succeeds(&mut frozen(&site, &["report", "--run", "frozen/run", "--out", "report.html"]));
    succeeds(&mut frozen(&site, &["evaluate", "--run", "frozen/run"]));
    succeeds(&mut frozen(&site, &["update", "--run", "frozen/run", "--out", "updated"]));
}
