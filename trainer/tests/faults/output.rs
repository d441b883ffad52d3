//! Output that nobody takes, and data that would command a terminal.

use crate::site::{PRESETS, Site, contents, succeeds};
use std::fs::{self, OpenOptions};
use std::io::Read;

#[test]
fn a_closed_pipe_does_not_end_a_training() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "whole"));
        let mut training = site.train(preset, "piped").spawn().unwrap();
        // As `| head -c 1` does.
        training.stderr.take().unwrap().read_exact(&mut [0]).unwrap();
        drop(training.stdout.take());
        assert_eq!(training.wait().unwrap().code(), Some(0), "{preset}");
        assert!(contents(&site.path("piped")) == contents(&site.path("whole")), "{preset}");
        ["whole", "piped"].iter().for_each(|run| fs::remove_dir_all(site.path(run)).unwrap());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_on_a_full_disk_does_not_end_a_command() {
    let site = Site::new();
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    assert!(site.train(PRESETS[0], "run").stderr(full()).status().unwrap().success());
    assert!(site.command(&["export", "--run", "run", "--out", "bundle"]).stderr(full()).status().unwrap().success());
    // Results that are lost are an error.
    assert_eq!(site.command(&["evidence", "--run", "run"]).stdout(full()).status().unwrap().code(), Some(1));
}

#[test]
fn control_characters_of_data_do_not_reach_the_terminal() {
    let site = Site::new();
    let evil = "\u{1b}[2J\u{9b}31m\u{7f}\u{202e}";
    let items = fs::read_to_string(site.path("data/items.csv")).unwrap().replace("Item ", &format!("{evil}Item "));
    fs::write(site.path("data/items.csv"), items).unwrap();
    let schema = fs::read_to_string(site.path("data/schema.toml")).unwrap();
    let schema = schema.replace("\"shop\"", r#""shop\u001b[2J""#);
    fs::write(site.path("data/schema.toml"), format!("notice = \"\\u001b]0;owned\\u0007\"\n{schema}")).unwrap();
    let mut printed = succeeds(&mut site.train(PRESETS[0], "run"));
    for json in [&[][..], &["--json"]] {
        let output = site.output(&[&["evidence", "--run", "run"], json].concat());
        printed += &String::from_utf8(output.stdout).unwrap();
    }
    fs::write(site.path("data/ratings.csv"), format!("user,item,rating\nu1,{evil},1\n")).unwrap();
    let refused = site.train(PRESETS[0], "other").output().unwrap();
    printed += &String::from_utf8(refused.stderr).unwrap();
    assert!(printed.contains("Item 1") && printed.contains(r"\u001b[2J"), "{printed:?}");
    let unsafe_char = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(!printed.contains(unsafe_char), "{printed:?}");
}
