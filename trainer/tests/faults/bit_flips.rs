//! A flipped bit in any file of a run.

use crate::site::{PRESETS, Site, contents, succeeds};
use std::fs;

/// Flipped bits per file, spread over it.
const FLIPS: usize = 6;

/// What is read is as it was trained, or is refused by the name of a file. `--resume` makes it again, or refuses.
#[test]
fn a_flipped_bit_is_refused_by_name_or_changes_nothing() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "run"));
        let whole = contents(&site.path("run"));
        let mut names: Vec<String> = whole.keys().cloned().collect();
        names.extend(["metrics.jsonl", "finished.json"].map(String::from));
        for name in names {
            let path = site.path("run").join(&name);
            for flip in 0..FLIPS {
                let original = fs::read(&path).unwrap();
                let mut bytes = original.clone();
                let at = flip * (bytes.len() - 1) / (FLIPS - 1);
                bytes[at] ^= 1 << (flip % 8);
                fs::write(&path, &bytes).unwrap();
                let (command, file) = (["export", "--run", "run", "--out", "bundle"], name.rsplit('/').next().unwrap());
                site.refuse(&command, &[file]);
                // Unfinished, so that everything is read anew.
                fs::remove_file(site.path("run/finished.json")).unwrap();
                let resumed = site.output(&["train", "--resume", "--out", "run"]);
                match resumed.status.code() {
                    Some(0) => assert!(contents(&site.path("run")) == whole, "{name}: byte {at}: another model"),
                    Some(1) => {
                        let message = String::from_utf8_lossy(&resumed.stderr);
                        assert!(message.contains(file), "{name}: byte {at}: {message}");
                        fs::write(&path, &original).unwrap();
                        site.succeed(&["train", "--resume", "--out", "run"]);
                    }
                    status => panic!("{name}: byte {at}: {status:?}"),
                }
            }
        }
        fs::remove_dir_all(site.path("run")).unwrap();
    }
}

/// The checkpoint before the damaged one is used, and with both damaged nothing.
#[test]
fn a_damaged_checkpoint_is_replaced_by_the_one_before() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "run"));
        let whole = contents(&site.path("run"));
        let damage = |name: &str| {
            let path = site.path("run").join(name);
            let mut bytes = fs::read(&path).unwrap();
            let at = bytes.len() - 3;
            bytes[at] ^= 1;
            fs::write(&path, bytes).unwrap();
        };
        damage("checkpoint.safetensors");
        let printed = site.succeed(&["train", "--resume", "--out", "run"]);
        assert!(printed.contains("checkpoint.safetensors is damaged"), "{printed}");
        assert_eq!(printed.matches("query loss").count(), 1, "one epoch is trained again: {printed}");
        assert!(contents(&site.path("run")) == whole, "{preset}: another model");
        damage("checkpoint.safetensors");
        damage("checkpoint.former.safetensors");
        fs::remove_file(site.path("run/finished.json")).unwrap();
        let words = ["checkpoint.safetensors is damaged", "so is the one before"];
        site.refuse(&["train", "--resume", "--out", "run"], &words);
        fs::remove_dir_all(site.path("run")).unwrap();
    }
}

#[test]
fn missing_metrics_are_named_on_resume() {
    let site = Site::new();
    succeeds(&mut site.train(PRESETS[0], "run"));
    let metrics = fs::read_to_string(site.path("run/metrics.jsonl")).unwrap();
    fs::write(site.path("run/metrics.jsonl"), metrics.lines().next().unwrap()).unwrap();
    site.refuse(&["report", "--run", "run"], &["metrics.jsonl is damaged"]);
    site.refuse(&["train", "--resume", "--out", "run"], &["metrics.jsonl has 1 lines", "3 epochs"]);
}

/// A file of a bundle is refused by name, and so is its manifest where a digit is another one.
#[test]
fn a_flipped_bit_of_a_bundle_is_refused_by_name() {
    let site = Site::new();
    fs::write(site.path("tasks.jsonl"), "{\"user\":\"u1\",\"support\":[[\"i1\",5]],\"query\":[[\"i2\",3]]}\n").unwrap();
    let predict = ["predict", "--bundle", "bundle", "--tasks", "tasks.jsonl", "--out", "predicted.jsonl"];
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "run"));
        site.succeed(&["export", "--run", "run", "--out", "bundle", "--keep", "0"]);
        site.succeed(&predict);
        for file in fs::read_dir(site.path("bundle")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let original = fs::read(&path).unwrap();
            let kind = name.split(['-', '.']).next().unwrap();
            let refuse_flipped = |at: usize, bit: usize| {
                let mut bytes = original.clone();
                bytes[at] ^= 1 << bit;
                fs::write(&path, &bytes).unwrap();
                site.refuse(&predict, &[kind]);
            };
            (0..FLIPS).for_each(|flip| refuse_flipped(flip * (original.len() - 1) / (FLIPS - 1), flip % 8));
            if kind == "manifest" {
                let digits: Vec<usize> = (0..original.len()).filter(|&at| original[at].is_ascii_digit()).collect();
                digits.iter().step_by(digits.len() / 20).for_each(|&at| refuse_flipped(at, 0));
            }
            fs::write(&path, &original).unwrap();
        }
        fs::remove_dir_all(site.path("run")).unwrap();
        fs::remove_dir_all(site.path("bundle")).unwrap();
    }
}
