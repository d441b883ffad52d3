//! SIGINT and SIGTERM.
#![cfg(unix)]

use crate::site::{PRESETS, Site, contents, succeeds};
use std::io::Read;
use std::process::Command;

#[test]
fn a_signal_ends_a_training_with_its_status_and_advice() {
    let site = Site::new();
    let train = |out: &str| {
        let mut command = site.train(PRESETS[0], out);
        command.args(["--epochs", "300"]);
        command
    };
    succeeds(&mut train("whole"));
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let out = format!("run{status}");
        let mut training = train(&out).spawn().unwrap();
        while !site.path(&out).join("checkpoint.safetensors").exists() {
            assert!(training.try_wait().unwrap().is_none(), "the training has ended");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        assert!(Command::new("kill").args([signal, &training.id().to_string()]).status().unwrap().success());
        let mut message = String::new();
        training.stderr.take().unwrap().read_to_string(&mut message).unwrap();
        assert_eq!(training.wait().unwrap().code(), Some(status), "{message}");
        let advice = format!("trainer train --resume --out {out}");
        assert!(message.contains("interrupted") && message.contains(&advice), "{message}");
        let temporary = |entry: std::io::Result<std::fs::DirEntry>| {
            entry.unwrap().file_name().to_string_lossy().starts_with(".tmp")
        };
        assert!(!std::fs::read_dir(site.path(&out)).unwrap().any(temporary), "a file is half written");
        site.succeed(&["train", "--resume", "--out", &out]);
        assert!(contents(&site.path(&out)) == contents(&site.path("whole")), "{signal}: another model");
    }
}
