//! `trainer report`: complete, equal to `trainer evaluate`, and harmless whatever the data is called.

use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use trainer::page::policy;
use trainer::preset::NetworkPreset;

const USERS: usize = 60;
const ITEMS: usize = 30;

/// A title that would run a script if it were not escaped.
const ATTACK: &str = "<script>alert('&')</script>\"";
const ESCAPED: &str = "&lt;script&gt;alert('&amp;')&lt;/script&gt;&quot;";

const SECTIONS: [&str; 10] =
    ["data", "training", "comparison", "adaptation", "beside", "asking", "onboarding", "trust", "recommended", "card"];

#[test]
fn reports_are_complete_harmless_and_as_evaluated() {
    for preset in ["ratings", "picks"] {
        let folder = site();
        train(folder.path(), preset, "run", 2);
        train(folder.path(), preset, "second", 1);
        let printed = run(folder.path(), &["report", "run", "--beside", "second", "--out", "out/page.html"]);
        assert_eq!(printed, "out/page.html\nout/page.json\n");
        check_page(&fs::read_to_string(folder.path().join("out/page.html")).unwrap(), preset);

        let report: Value = serde_json::from_slice(&fs::read(folder.path().join("out/page.json")).unwrap()).unwrap();
        let measured = report["measurements"][0]["measured"].as_array().unwrap();
        let evaluated: Value =
            serde_json::from_str(&run(folder.path(), &["evaluate", "--run", "run", "--json"])).unwrap();
        let evaluated = evaluated.as_array().unwrap();
        assert_eq!(measured[..evaluated.len()], evaluated[..], "{preset}");
        // The rows of the second run equal its own evaluation, under another name.
        let second: Value =
            serde_json::from_str(&run(folder.path(), &["evaluate", "--run", "second", "--json"])).unwrap();
        let mut models: Vec<Value> =
            second.as_array().unwrap()[evaluated.len() - (measured.len() - evaluated.len())..].to_vec();
        for row in &mut models {
            let name = row["contender"].as_str().unwrap().replace("model", &format!("{preset} of second"));
            row["contender"] = name.into();
        }
        assert_eq!(measured[evaluated.len()..], models[..], "{preset}");
        check_numbers(&report, preset);
    }
}

/// Check that every section is there, that nothing is executed or loaded, and that every name is text.
fn check_page(page: &str, preset: &str) {
    for id in SECTIONS {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{preset}: no section {id}");
        assert!(page.contains(&format!("<a href=\"#{id}\">")), "{preset}: {id} is not in the contents");
    }
    assert!(page.contains(ESCAPED), "{preset}: the titles are missing");
    assert!(!page.contains("<script") && !page.contains("<b>") && page.contains("&lt;b&gt;small"), "{preset}");
    for loading in ["src=", "url(", "@import", "style=", "onload", "http://", "https://"] {
        assert!(!page.contains(loading), "{preset}: found {loading:?}");
    }
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(page.contains(&format!("http-equiv=\"Content-Security-Policy\" content=\"{}\"", policy())));
    let drawings = page.matches("role=\"img\" aria-label=\"").count();
    assert_eq!(page.matches("<svg").count(), drawings + page.matches("aria-hidden=\"true\"").count());
    assert!(drawings >= 6, "{preset}: {drawings} charts");
    assert!(!page.contains("NaN") && !page.contains("inf<"), "{preset}: something is no number");
}

/// Check the numbers as far as possible without computing them again.
fn check_numbers(report: &Value, preset: &str) {
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{preset}: {value} is no number"));
    assert_eq!(report["data"]["name"], "<b>small</b>");
    let measurement = &report["measurements"][0];
    let curves = measurement["curves"].as_array().unwrap();
    let curve = |name: &str| &curves.iter().find(|curve| curve["contender"] == name).unwrap()["points"];
    let (adapted, unadapted) = (curve("model").as_array().unwrap(), curve("model, not adapted").as_array().unwrap());
    assert!(unadapted.iter().all(|point| point[1] == adapted[0][1]) && unadapted.len() == adapted.len());
    let main = if preset == "picks" { "ndcg@10" } else { "mae" };
    let after = |contender: &str, answers: usize| {
        let rows = measurement["measured"].as_array().unwrap();
        let row = rows.iter().find(|row| row["contender"] == contender && row["answers"] == answers);
        number(&row.unwrap()[main])
    };
    let gains = measurement["gains"].as_array().unwrap();
    let gain = gains.iter().find(|gain| gain["contender"] == "model" && gain["answers"] == 5).unwrap();
    let lead = after(gain["baseline"].as_str().unwrap(), 5) - after("model", 5);
    let lead = if preset == "picks" { -lead } else { lead };
    assert!((number(&gain["gain"]) - lead).abs() < 1e-9, "{preset}: {gain}");
    match preset {
        "picks" => assert_eq!(measurement["hits_by_place"].as_array().unwrap().len(), 8),
        _ => {
            let bins = measurement["calibration"].as_array().unwrap();
            let judged: f64 = bins.iter().map(|bin| number(&bin["ratings"])).sum();
            assert_eq!(judged, number(&measurement["tasks"]) * 10.0);
        }
    }
    for recommended in measurement["recommended"].as_array().unwrap() {
        assert!((0.0..=1.0).contains(&number(&recommended["coverage"])), "{recommended}");
    }
}

#[test]
fn refusals_say_what_to_do() {
    let folder = site();
    train(folder.path(), "ratings", "run", 1);
    train(folder.path(), "picks", "picks", 1);
    let refused = |options: &[&str], words: &[&str]| {
        let Output { status, stderr, .. } = trainer(folder.path(), options).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(!status.success(), "{options:?}");
        words.iter().for_each(|word| assert!(stderr.contains(word), "{options:?}: no {word:?} in: {stderr}"));
    };
    refused(&["report", "run", "--out", "page.json"], &["--out", ".html"]);
    refused(&["report", "nowhere"], &["no run in nowhere", "trainer train"]);
    refused(&["report", "run", "--beside", "picks"], &["--beside", "preset picks", "both"]);
    refused(&["report", "run", "--run", "run"], &["--run"]);
    train_with_seed(folder.path(), "ratings", "other-users", 1, "7");
    refused(&["report", "run", "--beside", "other-users"], &["--beside other-users", "--seed"]);
}

/// The policy of a served report is the one that allows its style.
#[test]
fn a_served_report_may_use_its_style() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("www/index.html", ""),
        ("www/report.html", "a report"),
        ("www/comics/report.html", "a report"),
        ("pkg/fewclicks_bg.wasm", ""),
        ("bundle/manifest.json", "{}"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut server = trainer(folder.path(), &["serve", "--bundle", "bundle", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/');
    let get = |path: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    };
    let (reports, page) = (["/report.html", "/comics/report.html"].map(get), get("/index.html"));
    server.kill().unwrap();
    server.wait().unwrap();
    let policies = |text: &str| text.lines().filter(|line| line.starts_with("content-security-policy: ")).count();
    for report in &reports {
        assert!(report.ends_with("a report") && report.contains(&format!("content-security-policy: {}\r\n", policy())));
        assert!(report.contains("x-content-type-options: nosniff\r\n"));
    }
    assert!(page.contains("style-src 'self';"));
    assert_eq!((reports.map(|report| policies(&report)), policies(&page)), ([1, 1], 1));
}

fn trainer(folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainer"));
    command.current_dir(folder).args(options);
    command
}

/// Run a command, which must succeed, and return what it prints.
fn run(folder: &Path, options: &[&str]) -> String {
    let Output { status, stdout, stderr } = trainer(folder, options).output().unwrap();
    assert!(status.success(), "{options:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn train(folder: &Path, preset: &str, out: &str, epochs: usize) {
    train_with_seed(folder, preset, out, epochs, "1");
}

/// Train a built-in preset with the smallest sizes.
fn train_with_seed(folder: &Path, name: &str, out: &str, epochs: usize, seed: &str) {
    let mut preset = NetworkPreset::load(name).unwrap();
    (preset.model.width, preset.model.min_count) = (4, 1);
    (preset.train.epochs, preset.train.batch) = (epochs, 8);
    fs::write(folder.join("preset.toml"), toml::to_string(&preset).unwrap()).unwrap();
    run(folder, &["train", "--data", "data", "--preset", "preset.toml", "--seed", seed, "--out", out]);
}

/// Write a site's folder with users who like items of their own genre, and with names that contain HTML.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let schema = "name = \"<b>small</b>\"\nnotice = \"<b>Invented.</b>\"\n[ratings]\nmin = 1\nmax = 5\n\
                  [items.fields]\ngenre = { kind = \"categorical\" }\n";
    fs::write(data.join("schema.toml"), schema).unwrap();
    let mut items = csv::Writer::from_path(data.join("items.csv")).unwrap();
    items.write_record(["id", "title", "genre"]).unwrap();
    for item in 0..ITEMS {
        items.write_record([format!("i{item}"), format!("{ATTACK} {item}"), format!("g{}", item % 3)]).unwrap();
    }
    items.flush().unwrap();
    let mut ratings = String::from("user,item,rating\n");
    for (user, item) in (0..USERS).flat_map(|user| (0..ITEMS).map(move |item| (user, item))) {
        // Some items are known to more people than others.
        if (user * 7 + item * item) % 11 > item / 6 {
            let stars = if user % 3 == item % 3 { 4 + (user + item) % 2 } else { 1 + (user * 7 + item * 5) % 4 };
            writeln!(ratings, "u{user},i{item},{stars}").unwrap();
        }
    }
    fs::write(data.join("ratings.csv"), ratings).unwrap();
    folder
}
