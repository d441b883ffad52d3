//! `trainer update`: a run goes on from the one before, with more users, new items and new values of fields.

mod cli;

use cli::{succeed, trainer};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Item that only the second day has.
const NEW: &str = "i7";

/// Write `day1`, a generated site with a new value of a field, and `day0`, the same without the new item and half of the users'
/// ratings; and the preset that both days train with.
fn days(folder: &Path) {
    succeed(folder, &["generate", "--users", "500", "--items", "90", "--ratings", "15000", "--out", "day1"]);
    fs::create_dir(folder.join("day0")).unwrap();
    let read = |name: &str| fs::read_to_string(folder.join("day1").join(name)).unwrap();
    for name in ["schema.toml", "users.csv"] {
        fs::write(folder.join("day0").join(name), read(name)).unwrap();
    }
    let keep = |text: &str, keeps: &dyn Fn(&[&str]) -> bool| -> String {
        let mut lines = text.lines();
        let header = lines.next().unwrap().to_owned();
        let kept = lines.filter(|line| keeps(&line.split(',').collect::<Vec<_>>()));
        [&*header].into_iter().chain(kept).map(|line| format!("{line}\n")).collect()
    };
    fs::write(folder.join("day0/items.csv"), keep(&read("items.csv"), &|row| row[0] != NEW)).unwrap();
    let early = |row: &[&str]| row[1] != NEW && row[0].bytes().map(u32::from).sum::<u32>().is_multiple_of(2);
    fs::write(folder.join("day0/ratings.csv"), keep(&read("ratings.csv"), &early)).unwrap();
    let preset = String::from_utf8(succeed(folder, &["train", "--print-preset"]).stdout).unwrap();
    fs::write(
        folder.join("small.toml"),
        preset.replace("epochs = 40", "epochs = 8").replace("width = 96", "width = 16"),
    )
    .unwrap();
    succeed(folder, &["train", "--data", "day0", "--preset", "small.toml", "--out", "run0"]);
}

/// Write `to`, the data of `from` with the rows of every table in reverse order.
fn reverse(folder: &Path, from: &str, to: &str) {
    fs::create_dir(folder.join(to)).unwrap();
    for file in fs::read_dir(folder.join(from)).unwrap() {
        let path = file.unwrap().path();
        let mut text = fs::read_to_string(&path).unwrap();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let mut lines: Vec<&str> = text.lines().collect();
            lines[1..].reverse();
            text = lines.join("\n");
        }
        fs::write(folder.join(to).join(path.file_name().unwrap()), text).unwrap();
    }
}

fn weights(folder: &Path, bundle: &str) -> Value {
    let manifest = fs::read(folder.join(bundle).join("manifest.json")).unwrap();
    serde_json::from_slice::<Value>(&manifest).unwrap()["weights"]["sha256"].clone()
}

/// The update knows the new item and is not worse than a training from the start; it has the same bits whatever the threads and the
/// order of the rows, and can be updated itself.
#[test]
fn an_update_is_as_good_as_a_training_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    days(path);
    let said = succeed(path, &["update", "--run", "run0", "--data", "day1", "--threads", "1", "--out", "run1"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("stars  updated"));
    succeed(path, &["train", "--data", "day1", "--preset", "small.toml", "--out", "anew"]);
    for run in ["run1", "anew"] {
        succeed(path, &["export", "--run", run, "--out", &format!("b-{run}")]);
    }
    let compare =
        ["compare", "--bundle", "b-anew", "--bundle", "b-run1", "--data", "day1", "--fail-if-worse", "--json"];
    let compared: Value = serde_json::from_slice(&succeed(path, &compare).stdout).unwrap();
    let changed = compared["lists_changed"].as_f64().unwrap();
    assert!(changed > 0.0, "an update is no training from the start: {compared}");
    let line = format!(r#"{{"user":"u1","support":[["i1",5],["i2",1]],"query":[["{NEW}",3],["i3",3]]}}"#);
    fs::write(path.join("tasks.jsonl"), line).unwrap();
    succeed(path, &["predict", "--bundle", "b-run1", "--tasks", "tasks.jsonl", "--out", "stars.jsonl"]);

    reverse(path, "day1", "reversed");
    succeed(path, &["update", "--run", "run0", "--data", "reversed", "--threads", "2", "--out", "run2"]);
    succeed(path, &["export", "--run", "run2", "--out", "b-run2"]);
    assert_eq!(weights(path, "b-run1"), weights(path, "b-run2"), "threads and the order of rows");

    // Killed before its first checkpoint.
    for name in ["finished.json", "checkpoint.safetensors", "checkpoint.former.safetensors", "metrics.jsonl"] {
        fs::remove_file(path.join("run2").join(name)).unwrap();
    }
    succeed(path, &["train", "--resume", "--out", "run2"]);
    succeed(path, &["export", "--run", "run2", "--out", "b-resumed"]);
    assert_eq!(weights(path, "b-run1"), weights(path, "b-resumed"), "resumed");

    succeed(path, &["update", "--run", "run1", "--out", "next"]);
    succeed(path, &["export", "--run", "next", "--out", "b-next"]);
    assert_ne!(weights(path, "b-run1"), weights(path, "b-next"));
}

/// The order of rows does not matter for a training from the start either.
#[test]
fn shuffled_rows_give_the_same_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    days(path);
    reverse(path, "day0", "reversed");
    succeed(path, &["train", "--data", "reversed", "--preset", "small.toml", "--out", "run2"]);
    let read = |run: &str, name: &str| fs::read(path.join(run).join(name)).unwrap();
    for name in ["data.sha256", "chosen.json", "placing.safetensors"] {
        assert!(read("run0", name) == read("run2", name), "{name}");
    }
    for run in ["run0", "run2"] {
        succeed(path, &["export", "--run", run, "--out", &format!("b-{run}")]);
    }
    assert_eq!(weights(path, "b-run0"), weights(path, "b-run2"));
}

/// What cannot be updated is refused by name, and an update whose former run has changed does not go on.
#[test]
fn what_cannot_be_updated_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    days(path);
    let refused = |args: &[&str], expected: &[&str]| {
        let output = trainer(path, args);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(expected.iter().all(|part| message.contains(part)), "{message}");
    };
    refused(&["update", "--run", "nothing", "--out", "run1"], &["no run in nothing", "trainer train"]);
    refused(&["update", "--run", "run0", "--out", "run0"], &["run0 holds a run already"]);
    refused(&["update", "--run", "run0", "--data", "comics", "--out", "run1"], &["learned from ratings", "has picks"]);
    let changed = |name: &str, file: &str, change: &dyn Fn(String) -> String| {
        reverse(path, "day1", name);
        let text = fs::read_to_string(path.join(name).join(file)).unwrap();
        fs::write(path.join(name).join(file), change(text)).unwrap();
    };
    changed("wide", "schema.toml", &|text| text.replace("min = 0.5", "min = 0"));
    refused(&["update", "--run", "run0", "--data", "wide", "--out", "run1"], &["from 0.5 to 5", "are from 0 to 5"]);
    changed("other", "items.csv", &|text| text.replace("\ni", "\nx"));
    changed("other-ratings", "ratings.csv", &|text| text.replace(",i", ",x").replace("xtem", "item"));
    fs::rename(path.join("other-ratings/ratings.csv"), path.join("other/ratings.csv")).unwrap();
    refused(&["update", "--run", "run0", "--data", "other", "--out", "run1"], &["none of the items", "another site"]);
    assert!(!path.join("run1").exists(), "a start that failed leaves no folder");
    succeed(path, &["train", "--data", "day0", "--preset", "ridge", "--epochs", "1", "--out", "network"]);
    refused(&["update", "--run", "network", "--out", "run1"], &["the preset ridge cannot be updated", "train anew"]);

    succeed(path, &["update", "--run", "run0", "--data", "day1", "--out", "run1"]);
    fs::remove_file(path.join("run1/finished.json")).unwrap();
    let finished = fs::read(path.join("run0/finished.json")).unwrap();
    fs::remove_dir_all(path.join("run0")).unwrap();
    refused(&["train", "--resume", "--out", "run1"], &["no run in", "an update needs the run"]);
    succeed(path, &["train", "--data", "day0", "--preset", "small.toml", "--seed", "2", "--out", "run0"]);
    assert_ne!(fs::read(path.join("run0/finished.json")).unwrap(), finished);
    refused(&["train", "--resume", "--out", "run1"], &["has changed since its update began"]);
}

/// An update with a split may have new users, and measures on nobody and no item of which a run before has learned, also where the
/// split's file was written over.
#[test]
fn a_split_that_would_measure_on_what_was_learned_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    days(path);
    let users = fs::read_to_string(path.join("day0/users.csv")).unwrap();
    let users: Vec<&str> = users.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let write = |name: &str, validation: &[&str], warm: &[&str], cold: &[&str]| {
        let split = serde_json::json!({"warm_users": warm, "cold_items": cold, "validation_users": validation});
        fs::write(path.join(name), split.to_string()).unwrap();
    };
    write("split.json", &users[..50], &users[50..400], &["i1"]);
    let train = ["train", "--data", "day0", "--split", "split.json", "--preset", "small.toml", "--out", "before"];
    succeed(path, &train);
    let update = |args: &[&str]| {
        let start = ["update", "--run", "before", "--data", "day1", "--epochs", "1", "--out", "after"];
        trainer(path, &[&start, args].concat())
    };
    let refused = |args: &[&str], expected: &[&str]| {
        let output = update(args);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(expected.iter().all(|part| message.contains(part)), "{message}");
        assert!(!path.join("after").exists(), "a start that failed leaves no folder");
    };
    write("other.json", &users[..51], &users[51..400], &["i1"]);
    refused(&["--split", "other.json"], &["other.json", &format!("{:?} in validation_users", users[50]), "learned"]);
    write("colder.json", &users[..50], &users[50..400], &["i1", "i2"]);
    refused(&["--split", "colder.json"], &["item \"i2\"", "cold_items", "train anew"]);
    write("split.json", &users[1..60], &users[60..400], &["i1"]);
    refused(&[], &["split.json", &format!("{:?} in validation_users", users[50])]);
    write("more.json", &[&users[..50], &users[450..]].concat(), &users[50..450], &["i1", NEW]);
    let output = update(&["--split", "more.json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    // Whom a run has learned from is known after updates that leave them out, and whatever is in the file of the split by then.
    fs::remove_dir_all(path.join("after")).unwrap();
    write("fewer.json", &users[..50], &users[100..450], &["i1"]);
    let output = update(&["--split", "fewer.json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    write("later.json", &[&users[..50], &users[60..61]].concat(), &users[100..450], &["i1"]);
    let check = |run: &str| trainer::train::Run::check_split(&path.join(run), &path.join("later.json"));
    let message = check("after").unwrap_err().to_string();
    assert!(message.contains(&format!("{:?} in validation_users", users[60])), "{message}");
    fs::remove_file(path.join("after/split.json")).unwrap();
    let message = check("after").unwrap_err().to_string();
    assert!(message.contains("trained before runs kept their split"), "{message}");
}
