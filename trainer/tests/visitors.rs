//! `trainer visitors` writes held-out users with all their ratings, and errors say what to do.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use trainer::train::{Loaded, Run};

const USERS: usize = 60;
const ITEMS: usize = 30;
const COUNT: usize = 3;

#[test]
fn visitors_are_held_out_users_with_all_their_ratings() {
    let folder = site("[ratings]\nmin = 1\nmax = 5\n", "ratings.csv");
    trainer(folder.path(), &["train", "--data", "site", "--epochs", "1", "--out", "run"]).unwrap();
    let count = COUNT.to_string();
    let words = ["visitors", "--run", "run", "--count", &count, "--out", "visitors.json"];
    assert_eq!(trainer(folder.path(), &words).unwrap(), "visitors.json\n");

    let written: Value = serde_json::from_slice(&fs::read(folder.path().join("visitors.json")).unwrap()).unwrap();
    let loaded = loaded(folder.path());
    let held_out: Vec<(Ratings, Option<&String>)> =
        loaded.population.validation.iter().map(|&u| known(&loaded, u)).collect();
    assert!(held_out.len() > COUNT, "too few to choose from");
    let visitors = written["visitors"].as_array().unwrap();
    assert_eq!(visitors.len(), COUNT);
    for (visitor, (ratings, age)) in visitors.iter().zip(&held_out) {
        let [asked, kept] = ["ratings", "kept"].map(|part| read(&visitor[part]));
        assert!(!asked.is_empty() && !kept.is_empty());
        assert!(kept.keys().all(|id| !asked.contains_key(id)), "what is judged on cannot be asked for");
        assert_eq!(&asked.into_iter().chain(kept).collect::<Ratings>(), ratings);
        assert_eq!(visitor["user"].get("age").and_then(Value::as_str), age.map(String::as_str));
    }
    assert!(visitors.iter().any(|visitor| visitor["user"] == serde_json::json!({})), "an unknown age is left out");
    check_popular(&written["popular"], &loaded);
}

#[test]
fn refusals_say_what_to_do() {
    let folder = site("[picks]\n", "picks.csv");
    trainer(folder.path(), &["train", "--data", "site", "--epochs", "1", "--out", "run"]).unwrap();
    let refused = |words: &[&str], expected: &str| {
        let message = trainer(folder.path(), words).unwrap_err();
        assert!(message.contains(expected), "no {expected:?} in: {message}");
    };
    refused(&["visitors", "--run", "run", "--out", "v.json"], "preset for ratings");
    refused(&["visitors", "--run", "absent", "--out", "v.json"], "trainer train");
    refused(&["visitors", "--run", "run", "--count", "0", "--out", "v.json"], "--count");
    assert!(!folder.path().join("v.json").exists());
}

type Ratings = BTreeMap<String, u64>;

/// Return all ratings of a user, and the age if it is known.
fn known(loaded: &Loaded, user: u32) -> (Ratings, Option<&String>) {
    let data = &loaded.data;
    let own = data.ratings.iter().filter(|rating| rating.user == user);
    let ratings = own.map(|rating| (data.items.ids[rating.item as usize].clone(), rating.value as u64)).collect();
    (ratings, data.users.column("age").unwrap().values[user as usize].first())
}

fn read(ratings: &Value) -> Ratings {
    let pair = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), pair[1].as_f64().unwrap() as u64);
    ratings.as_array().unwrap().iter().map(pair).collect()
}

/// Check that all items are listed, those with the most training ratings first.
fn check_popular(popular: &Value, loaded: &Loaded) {
    let rows = loaded.data.items.rows();
    let counts: Vec<u32> = popular
        .as_array()
        .unwrap()
        .iter()
        .map(|id| loaded.encoded.popularity[rows[id.as_str().unwrap()] as usize])
        .collect();
    assert_eq!(counts.len(), ITEMS);
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[0] > counts[ITEMS - 1], "{counts:?}");
}

fn loaded(folder: &Path) -> Loaded {
    // The path of the data is relative to the folder where training started.
    let mut run = Run::open(&folder.join("run")).unwrap();
    run.config.data = folder.join("site").to_str().unwrap().to_owned();
    run.load().unwrap()
}

/// Run `trainer` in `folder`; return what it prints, or its error message.
fn trainer(folder: &Path, words: &[&str]) -> Result<String, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_trainer")).args(words).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// Write a site's folder whose first items are the most popular, and whose every second user is of unknown age.
fn site(schema: &str, file: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(
        site.join("schema.toml"),
        format!("name = \"tiny\"\n{schema}[users.fields]\nage = {{ kind = \"categorical\" }}\n"),
    )
    .unwrap();
    let lines = |head: &str, lines: &mut dyn Iterator<Item = String>| {
        lines.fold(head.to_owned(), |text, line| text + &line + "\n")
    };
    fs::write(site.join("items.csv"), lines("id,title\n", &mut (0..ITEMS).map(|i| format!("i{i},Title {i}")))).unwrap();
    let age = |u: usize| if u.is_multiple_of(2) { String::new() } else { format!("a{}", u % 3) };
    fs::write(site.join("users.csv"), lines("id,age\n", &mut (0..USERS).map(|u| format!("u{u},{}", age(u))))).unwrap();
    let pairs = (0..USERS).flat_map(|u| (0..ITEMS).map(move |i| (u, i)));
    // Pseudo-random numbers, so that users differ.
    let noise = |u: usize, i: usize| (u * 7919 + i * 104_729 + u * i * 31) % 97;
    let rated = pairs.filter(|&(u, i)| noise(u, i) < 90 - 2 * i);
    let (picks, head) = (file == "picks.csv", "user,item");
    let mut rated = rated
        .map(|(u, i)| format!("u{u},i{i}") + &if picks { String::new() } else { format!(",{}", 1 + noise(i, u) % 5) });
    let head = if picks { format!("{head}\n") } else { format!("{head},rating\n") };
    fs::write(site.join(file), lines(&head, &mut rated)).unwrap();
    folder
}
