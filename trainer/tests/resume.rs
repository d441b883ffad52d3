//! A training that was killed, or ran on other threads, ends with the same weights, bit by bit.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const USERS: usize = 80;
const ITEMS: usize = 40;
/// Enough epochs that a run can be killed before its end.
const EPOCHS: usize = 120;

const SCHEMA: &str = r#"
name = "shop"
[ratings]
min = 1
max = 5
[items.fields]
genre = { kind = "multi-valued" }
[users.fields]
age = { kind = "categorical" }
"#;

/// A preset in which everything that draws random numbers or keeps state between steps is used.
const PRESET: &str = r#"
name = "small"
about = "For this test"

[model]
drop = []
min_count = 1
width = 4
id = true
graph = 0
sum = false
constant = false
bias = true
linear = true
start = false
hidden = [8, 8]
init = 0.1
median = false

[local]
rate = 0.05

[local.update]
method = "gradient"
scope = "decision"
loss = "squared-error"
steps = 2
kappa = 2.0
rates = "per-parameter"

[tasks]
min_ratings = 8
max_ratings = 100
query = 5
support = [0, 2, 5]
reshuffle = true

[train]
epochs = 10
batch = 16
learning_rate = 0.003
cosine = true
second_order = true
steps = 2
decay = 0.01
hide_items = 0.2
hide_user = 0.2
"#;

#[test]
fn a_killed_run_resumes_to_the_same_weights() {
    let site = Site::new();
    let options = ["--epochs", &EPOCHS.to_string()];
    assert_ends_well(&site.train("whole", &options).output().unwrap());

    let mut killed = site.train("killed", &options).spawn().unwrap();
    let checkpoint = site.checkpoint("killed");
    let deadline = Instant::now() + Duration::from_secs(60);
    while !checkpoint.exists() {
        assert!(Instant::now() < deadline, "no checkpoint after a minute");
        sleep(Duration::from_millis(1));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let epochs = || fs::read_to_string(site.path().join("killed/metrics.jsonl")).unwrap().lines().count();
    assert!(epochs() < EPOCHS, "the run had ended before it was killed: raise EPOCHS");

    assert_ends_well(&site.trainer(&["train", "--resume", "--out", "killed"]).output().unwrap());
    assert_same_weights(&site, "whole", "killed");
    assert_eq!(epochs(), EPOCHS, "one line of metrics an epoch");
}

#[test]
fn the_number_of_threads_does_not_change_the_weights() {
    let site = Site::new();
    for threads in ["1", "2"] {
        assert_ends_well(&site.train(threads, &["--threads", threads]).output().unwrap());
    }
    assert_same_weights(&site, "1", "2");
}

#[test]
fn an_existing_run_is_neither_overwritten_nor_changed() {
    let site = Site::new();
    assert_ends_well(&site.train("run", &[]).output().unwrap());
    let before = fs::read(site.checkpoint("run")).unwrap();
    let again = site.train("run", &[]).output().unwrap();
    assert_refused(&again, 1, &["holds a run already", "--resume", "--out"]);
    let other = site.trainer(&["train", "--resume", "--seed", "9", "--out", "run"]).output().unwrap();
    assert_refused(&other, 1, &["was started with seed = 1, not seed = 9", "leave the option out"]);
    let none = site.trainer(&["train", "--resume", "--out", "absent"]).output().unwrap();
    assert_refused(&none, 1, &["no run in absent"]);
    assert_eq!(fs::read(site.checkpoint("run")).unwrap(), before);
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    let site = Site::new();
    for words in [&[][..], &["train"], &["train", "--out"], &["train", "--out", "run", "--colour"], &["tarin"]] {
        assert_refused(&site.trainer(words).output().unwrap(), 2, &["--help"]);
    }
}

/// A folder with a site's data and a preset; commands run in it.
struct Site(TempDir);

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut items = String::from("id,title,genre\n");
        for i in 0..ITEMS {
            writeln!(items, "i{i},Item {i},g{}|g{}", i % 5, i % 3).unwrap();
        }
        let (mut users, mut ratings) = (String::from("id,age\n"), String::from("user,item,rating\n"));
        for u in 0..USERS {
            writeln!(users, "u{u},a{}", u % 4).unwrap();
            for i in (0..ITEMS).filter(|i| (u * 7 + i * 5) % 3 == 0) {
                writeln!(ratings, "u{u},i{i},{}", 1 + (u * u + i * u + 3 * i) % 5).unwrap();
            }
        }
        fs::create_dir(folder.path().join("data")).unwrap();
        let files = [("schema.toml", SCHEMA), ("items.csv", &items), ("users.csv", &users), ("ratings.csv", &ratings)];
        for (name, contents) in files {
            fs::write(folder.path().join("data").join(name), contents).unwrap();
        }
        fs::write(folder.path().join("small.toml"), PRESET).unwrap();
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn checkpoint(&self, run: &str) -> PathBuf {
        self.path().join(run).join("checkpoint.safetensors")
    }

    fn train(&self, out: &str, options: &[&str]) -> Command {
        let words = ["train", "--data", "data", "--preset", "small.toml", "--out", out];
        self.trainer(&[&words, options].concat())
    }

    fn trainer(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
        command.current_dir(self.path()).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

fn assert_ends_well(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn assert_refused(output: &Output, status: i32, words: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{message}");
    words.iter().for_each(|word| assert!(message.contains(word), "no {word:?} in: {message}"));
}

fn assert_same_weights(site: &Site, one: &str, other: &str) {
    let [one, other] = [one, other].map(|run| fs::read(site.checkpoint(run)).unwrap());
    // `assert_eq!` would print all bytes.
    assert!(one == other, "the checkpoints differ");
}
