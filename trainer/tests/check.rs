//! `trainer check` tells problems, what would be learned from, and what is likely wrong; training prints and stores what was
//! dropped.

use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const SCHEMA: &str =
    "name = \"shop\"\n[ratings]\nmin = 1\nmax = 5\n[items.fields]\ngenre = { kind = \"multi-valued\" }\n";
const ITEMS: &str = "id,title,genre\n0,A,x\n1,B,x|y\n2,C,y\n3,D,y\n4,E,x\n5,F,\n";

/// Return ratings of 20 users, each of 4 of the 6 items, by a function of user and item.
fn ratings(value: impl Fn(usize, usize) -> String) -> String {
    let mut rows = String::from("user,item,rating,note\n");
    for user in 0..20 {
        (0..4)
            .map(|k| (user + k) % 6)
            .for_each(|item| writeln!(rows, "u{user},{item},{},", value(user, item)).unwrap());
    }
    rows
}

fn stars(user: usize, item: usize) -> String {
    (1 + (user * 3 + item * 2) % 5).to_string()
}

fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let default = [("schema.toml", SCHEMA), ("items.csv", ITEMS), ("ratings.csv", &ratings(stars))];
    for (name, text) in default.iter().chain(files) {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn trainer(folder: &TempDir, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trainer")).current_dir(folder).args(words).output().unwrap()
}

fn check(folder: &TempDir) -> (bool, Value) {
    let output = trainer(folder, &["check", "--data", ".", "--json"]);
    (output.status.success(), serde_json::from_slice(&output.stdout).unwrap())
}

/// Without problems the status is 0, and every user, item and value is accounted for.
#[test]
fn sound_data() {
    let schema =
        SCHEMA.to_owned() + "[users.fields]\nzip = { kind = \"categorical\" }\nphone = { kind = \"categorical\" }\n";
    let users =
        (0..20).fold("id,zip,phone\n".to_owned(), |text, user| text + &format!("u{user},Z{},555-{user}\n", user % 3));
    let folder = site(&[("schema.toml", &schema), ("users.csv", &users)]);
    let (sound, found) = check(&folder);
    assert!(sound && found["trains"] == true, "{found}");
    assert_eq!(found["unread"], serde_json::json!([["ratings.csv", ["note"]]]));
    let content = &found["content"];
    assert_eq!([&content["users"], &content["items"], &content["ratings"]], [20, 6, 80]);
    assert_eq!(content["per_user"], serde_json::json!([{"from": 4.0, "below": 8.0, "count": 20}]));
    assert_eq!(
        content["fields"][0],
        serde_json::json!({"name": "genre", "of": "items", "used": true, "known": 5, "kept": 2, "rare": 0})
    );
    // A name decides nothing: a zip code that many share is learned from, and a phone number is not.
    let used =
        |field: usize| (content["fields"][field]["name"].as_str().unwrap(), content["fields"][field]["used"] == true);
    assert_eq!([used(1), used(2)], [("zip", true), ("phone", false)]);
    assert!(content["learned"]["left_out"].to_string().contains("\\\"phone\\\" with 20 values"), "{content}");
    assert_eq!(content["warnings"], serde_json::json!([]));
    let text = String::from_utf8(trainer(&folder, &["check", "--data", "."]).stdout).unwrap();
    assert!(text.ends_with(".: no problem: it can be trained on\n"), "{text}");
}

/// Problems of all tables are told at once, with status 1, as text and as JSON.
#[test]
fn problems() {
    let rows = ratings(stars) + "u1,gone,3,\nu2,9,3,\nu3,1,many,\n";
    let folder = site(&[("ratings.csv", &rows), ("items.csv", &(ITEMS.to_owned() + "0,Again,x\n"))]);
    let (sound, found) = check(&folder);
    assert!(!sound && found["trains"] == false);
    let kinds: Vec<_> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["kind"].as_str().unwrap(), p["count"].as_u64()))
        .collect();
    assert_eq!(
        kinds,
        [("missing or repeated ids", Some(1)), ("unknown items", Some(2)), ("ratings that are no number", Some(1))]
    );
    let first = &found["problems"][1]["first"][0];
    assert_eq!(
        (first["line"].as_u64(), &first["column"], &first["found"]),
        (Some(82), &"item".into(), &"\"gone\"".into())
    );
    assert!(first["guess"].as_str().unwrap().contains("orphans = \"drop\""));
    let output = trainer(&folder, &["check", "--data", "."]);
    let [text, error] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(
        text.contains("unknown items: 2\n  ./ratings.csv:82: column \"item\"") && text.contains("training would fail"),
        "{text}"
    );
    assert_eq!(error, "error: training on . would fail; problems: 4\n");
}

/// What cannot be read at all, and what nobody can be learned from, is a problem of its kind, without those that follow from it.
#[test]
fn what_no_training_can_use() {
    let kinds = |files: &[(&str, &str)]| -> Vec<String> {
        let (sound, found) = check(&site(files));
        assert!(!sound);
        found["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        kinds(&[("items.csv", "number,title\n1,A\n"), ("ratings.csv", "user,item,rating\nu,1,x\nv,1,2\n")]),
        ["tables that cannot be read", "ratings that are no number"]
    );
    assert_eq!(kinds(&[("schema.toml", "name = \"x\"\n")]), ["tables that cannot be read"]);
    assert_eq!(kinds(&[("ratings.csv", "user,item,rating\nu,1,2\nv,2,5\n")]), ["data that makes no model"]);
}

/// Data that is valid and likely not what is meant is warned of, by `check` and by `train`.
#[test]
fn warnings() {
    let wide = SCHEMA.replace("max = 5", "max = 100000");
    let items = "id,title,genre,year\n0,A,NULL,1\n1,A,p1,2\n2,C,p2,3\n3,D,p3,4\n4,E,p4,5\n5,F,p5,6\n";
    let year = SCHEMA.to_owned() + "year = { kind = \"display\" }\n";
    let count = |user: usize, item: usize| (1 + user % 3 + if item == 0 { 40_000 } else { 0 }).to_string();
    for (files, words) in [
        (
            &[("ratings.csv", ratings(|_, _| "5".into()))][..],
            "all 80 ratings are 5, the maximum: they are taken as picks",
        ),
        (&[("ratings.csv", ratings(|_, _| "3".into()))], "all 80 ratings are 3: nothing tells liked items from others"),
        (&[("ratings.csv", ratings(count)), ("schema.toml", wide)], "the ratings look like counts"),
        (&[("items.csv", items.into())], "every value of the field \"genre\" of items is rare"),
        (&[("items.csv", items.into())], "write missing = [\"\", \"NULL\"]"),
        (
            &[("items.csv", items.into()), ("schema.toml", year)],
            "2 items share their title with another, such as \"A\": visitors cannot tell them apart; show \"year\"",
        ),
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = site(&files);
        let (_, found) = check(&folder);
        let warned = found["content"]["warnings"].as_array().unwrap();
        assert!(warned.iter().any(|warning| warning.as_str().unwrap().contains(words)), "{words}: {warned:?}");
        let printed = trainer(&folder, &["train", "--data", ".", "--epochs", "1", "--out", "run"]).stderr;
        assert!(
            String::from_utf8(printed).unwrap().contains(&format!("Warning: {words}")) || words.starts_with("write")
        );
    }
}

/// Neither titles nor genres have a word that is worth learning: each field is named.
#[test]
fn texts_without_words() {
    let texts = "title = { kind = \"text\" }\ngenre = { kind = \"text\" }";
    let schema = SCHEMA.replace("genre = { kind = \"multi-valued\" }", texts);
    let (trains, found) = check(&site(&[("schema.toml", &schema)]));
    assert!(trains, "{found}");
    for field in ["title", "genre"] {
        assert!(found.to_string().contains(&format!("no word of \\\"{field}\\\" is learned")), "{found}");
    }
}

/// What was dropped and merged is printed once, and stands in the manifest and the report.
#[test]
fn what_is_dropped_is_told() {
    let schema = format!("orphans = \"drop\"\nrepeats = \"last\"\n{SCHEMA}");
    let rows = ratings(stars) + "u1,gone,3,\nu1,1,5,\nu1,1,1,\nu2,3,,\n";
    let folder = site(&[("schema.toml", &schema), ("ratings.csv", &rows)]);
    let expected = [
        "1 ratings of items that are not in items.csv: dropped",
        "1 ratings given again as they were: counted once",
        "1 ratings given again with another value or time: the last counts",
        "1 ratings that are missing: dropped",
    ];
    let printed = trainer(&folder, &["train", "--data", ".", "--epochs", "2", "--out", "run"]).stderr;
    let printed = String::from_utf8(printed).unwrap();
    assert!(trainer(&folder, &["export", "--run", "run", "--out", "bundle"]).status.success(), "{printed}");
    assert!(trainer(&folder, &["report", "--run", "run"]).status.success());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let manifest: Value = serde_json::from_str(&read("bundle/manifest.json")).unwrap();
    let report = read("run/report.html");
    for line in expected {
        let (count, what) = line.split_once(' ').unwrap();
        assert_eq!(printed.matches(&format!("Data: {line}.\n")).count(), 1, "{printed}");
        assert_eq!(
            manifest["about"]["metrics"][format!("data: {what}")].as_f64(),
            Some(count.parse().unwrap()),
            "{manifest}"
        );
        assert!(report.contains(&format!("<li>{line}.</li>")), "no {line}");
    }
}

/// With times, a run is measured on what held-out users rated later; the report has both splits.
#[test]
fn a_split_by_time() {
    let rows = ratings(stars).replace("note\n", "when\n");
    let dated = |row: (usize, &str)| {
        if row.0 == 0 { row.1.into() } else { format!("{}2024-01-{:02}", row.1, 1 + (row.0 - 1) % 4) }
    };
    let rows: Vec<String> = rows.lines().enumerate().map(dated).collect();
    let schema = SCHEMA.replace("min = 1", "time = \"when\"\nmin = 1");
    let folder = site(&[("ratings.csv", &rows.join("\n")), ("schema.toml", &schema)]);
    assert!(trainer(&folder, &["train", "--data", ".", "--epochs", "1", "--out", "run"]).status.success());
    let measured = |date: &str| trainer(&folder, &["evaluate", "--run", "run", "--json", "--test-after", date]);
    let later: Value = serde_json::from_slice(&measured("2024-01-03").stdout).unwrap();
    let random: Value =
        serde_json::from_slice(&trainer(&folder, &["evaluate", "--run", "run", "--json"]).stdout).unwrap();
    assert!(later.as_array().is_some_and(|rows| !rows.is_empty()) && later != random, "{later}");
    let outside = String::from_utf8(measured("2030-01-01").stderr).unwrap();
    assert!(outside.contains("the times of the data are from 2024-01-01 to 2024-01-04"), "{outside}");
    assert_eq!(measured("May").status.code(), Some(2));
    assert!(trainer(&folder, &["report", "--run", "run", "--test-after", "2024-01-03"]).status.success());
    let report: Value = serde_json::from_slice(&fs::read(folder.path().join("run/report.json")).unwrap()).unwrap();
    let names: Vec<&str> =
        report["measurements"].as_array().unwrap().iter().map(|set| set["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["held-out users", "held-out users from 2024-01-03 on"]);
}
