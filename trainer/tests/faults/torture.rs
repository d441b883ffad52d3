//! No room on the disk, and kills at random times. `cargo xtask torture` runs the latter, which take minutes.
#![cfg(unix)]

use crate::site::{PRESETS, Site, contents, refuses, succeeds};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// With a limit to the size of files a write fails as on a full disk.
#[test]
fn no_room_is_a_message_and_the_run_goes_on_when_there_is() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "whole"));
        site.succeed(&["export", "--run", "whole", "--out", "whole-bundle"]);
        let (mut failed, mut finished) = (0, 0);
        for blocks in [0, 1, 2, 4, 8, 16, 32, 64, 128] {
            // The signal that the limit sends is ignored, so that a write returns an error.
            let limited = |words: &str| {
                let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {words}");
                let mut command = Command::new("sh");
                command.current_dir(site.path("")).args(["-c", &line, env!("CARGO_BIN_EXE_trainer")]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command
            };
            let mut train = limited(&format!("train --data data --preset {preset} --threads 1 --out run"));
            if train.status().unwrap().success() {
                finished += 1;
            } else {
                failed += 1;
                let again = if site.path("run").exists() { "train --resume --out run" } else { "train --out run" };
                if site.path("run").exists() {
                    refuses(&mut limited(again), &["cannot write"]);
                    site.succeed(&["train", "--resume", "--out", "run"]);
                } else {
                    succeeds(&mut site.train(preset, "run"));
                }
            }
            assert!(contents(&site.path("run")) == contents(&site.path("whole")), "{preset}: {blocks} blocks");
            let mut export = limited("export --run run --out bundle");
            if !export.status().unwrap().success() {
                assert!(!site.path("bundle/manifest.json").exists(), "{preset}: {blocks} blocks");
                site.succeed(&["export", "--run", "run", "--out", "bundle"]);
            }
            assert!(
                contents(&site.path("bundle")) == contents(&site.path("whole-bundle")),
                "{preset}: {blocks} blocks"
            );
            ["run", "bundle"].iter().for_each(|folder| fs::remove_dir_all(site.path(folder)).unwrap());
        }
        assert!(failed > 0 && finished > 0, "{preset}: {failed} failed, {finished} finished: choose other limits");
        ["whole", "whole-bundle"].iter().for_each(|folder| fs::remove_dir_all(site.path(folder)).unwrap());
    }
}

/// Kills of the whole chain, `TORTURE_KILLS` of them, 200 if it is not set. After each the command is run again.
#[test]
#[ignore = "takes minutes; cargo xtask torture"]
fn random_kills_change_nothing() {
    let kills: u32 = std::env::var("TORTURE_KILLS").map_or(200, |kills| kills.parse().expect("a number"));
    let site = Site::new();
    // SplitMix64.
    let mut state = 1u64;
    let mut random = |below: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb) % below
    };
    let mut killed = 0;
    for round in 0.. {
        let preset = PRESETS[round % 2];
        let chain = |out: &str| {
            let [run, bundle] = ["run", "bundle"].map(|folder| format!("{folder}-{out}"));
            let report = format!("{run}/report.html");
            [
                format!("train --data data --preset {preset} --threads 1 --out {run}"),
                format!("export --run {run} --out {bundle}"),
                format!("report --run {run} --out {report}"),
            ]
        };
        for words in chain("whole") {
            site.succeed(&words.split(' ').collect::<Vec<_>>());
        }
        for words in chain("killed") {
            let start = Instant::now();
            let mut words = words.clone();
            let mut longest = Duration::from_millis(300);
            loop {
                let mut child = site.command(&words.split(' ').collect::<Vec<_>>()).spawn().unwrap();
                std::thread::sleep(Duration::from_micros(random(longest.as_micros() as u64)));
                let ended = child.try_wait().unwrap().is_some();
                child.kill().unwrap();
                let output = child.wait_with_output().unwrap();
                if ended {
                    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
                    break;
                }
                killed += 1;
                // A slow machine gets there as well.
                longest += Duration::from_millis(20);
                if words.starts_with("train --data") && site.path("run-killed/config.toml").exists() {
                    words = "train --resume --out run-killed".into();
                }
                assert!(start.elapsed() < Duration::from_secs(120), "{words} does not end");
            }
        }
        for folder in ["run", "bundle"] {
            let [mut whole, mut resumed] =
                ["whole", "killed"].map(|out| contents(&site.path(&format!("{folder}-{out}"))));
            // Reports have dates and times.
            [&mut whole, &mut resumed].iter_mut().for_each(|files| files.retain(|name, _| !name.starts_with("report")));
            assert!(whole == resumed, "{preset}: {folder} differs after {killed} kills");
            ["whole", "killed"]
                .iter()
                .for_each(|out| fs::remove_dir_all(site.path(&format!("{folder}-{out}"))).unwrap());
        }
        if killed >= kills {
            break;
        }
    }
    assert!(killed >= kills);
}
