//! A folder with the data of a small site and presets for both kinds of models; commands run in it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const SCHEMA: &str = r#"
name = "shop"
[ratings]
min = 1
max = 5
[items.fields]
genre = { kind = "multi-valued" }
"#;

/// The presets of [`Site`]: a network with a read-out, and the default model in two halves.
pub const PRESETS: [&str; 2] = ["network.toml", "halves.toml"];

/// A site's folder.
pub struct Site(TempDir);

impl Site {
    pub fn new() -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        let (mut items, mut ratings) = (String::from("id,title,genre\n"), String::from("user,item,rating\n"));
        for item in 0..30 {
            writeln!(items, "i{item},Item {item},g{}", item % 5).unwrap();
        }
        for user in 0..40 {
            for item in (0..30).filter(|item| (user * 7 + item * 5) % 3 == 0) {
                writeln!(ratings, "u{user},i{item},{}", 1 + (user * user + item * user + 3 * item) % 5).unwrap();
            }
        }
        fs::create_dir(site.path("data")).unwrap();
        for (name, contents) in [("schema.toml", SCHEMA), ("items.csv", &items), ("ratings.csv", &ratings)] {
            fs::write(site.path("data").join(name), contents).unwrap();
        }
        let preset = |name: &str, changes: &[(&str, &str)]| {
            let printed = site.output(&["train", "--print-preset", "--preset", name]).stdout;
            let mut text = String::from_utf8(printed).unwrap();
            for (from, to) in changes {
                assert!(text.contains(from), "{name} has no {from:?}");
                text = text.replace(from, to);
            }
            text
        };
        let small = [
            ("width = 32", "width = 4"),
            ("epochs = 30", "epochs = 3"),
            ("batch = 32", "batch = 64"),
            ("min_ratings = 13", "min_ratings = 2"),
            ("min_count = 12", "min_count = 1"),
        ];
        fs::write(site.path("network.toml"), preset("ratings", &small)).unwrap();
        let small = [("width = 96", "width = 4"), ("epochs = 40", "epochs = 3"), ("rounds = 20", "rounds = 2")];
        fs::write(site.path("halves.toml"), preset("default", &small)).unwrap();
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
        command.current_dir(self.0.path()).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn train(&self, preset: &str, out: &str) -> Command {
        self.command(&["train", "--data", "data", "--preset", preset, "--threads", "1", "--out", out])
    }

    pub fn output(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Run a command that must succeed; return what it printed on stderr.
    pub fn succeed(&self, words: &[&str]) -> String {
        succeeds(&mut self.command(words))
    }

    /// Run a command that must fail with status 1 and all of `expected` in its message.
    pub fn refuse(&self, words: &[&str], expected: &[&str]) {
        refuses(&mut self.command(words), expected);
    }
}

pub fn succeeds(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {printed}");
    printed
}

pub fn refuses(command: &mut Command, expected: &[&str]) {
    let output = command.output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{command:?}: {message}");
    expected.iter().for_each(|word| assert!(message.contains(word), "{command:?}: no {word:?} in: {message}"));
}

/// Return the files below `folder` that must not depend on what happened, by relative path: all but hidden ones, the checkpoint
/// before the last, and metrics and their hashes, which have times in them. Of a checkpoint the parameters count.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            files.extend(contents(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else if name == "checkpoint.safetensors" {
            let bytes = fs::read(entry.path()).unwrap();
            let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
            files.insert(name, tensors.tensor("parameters").unwrap().data().to_vec());
        } else if !name.starts_with('.')
            && !["metrics.jsonl", "finished.json", "checkpoint.former.safetensors"].contains(&name.as_str())
        {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    files
}
