//! A nightly job: export, compare with the bundle before, and go back.

mod cli;

use cli::{succeed, trainer};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Train and export `data` to `bundle`, with a preset that is fast.
fn publish(folder: &Path, data: &str, bundle: &str) {
    let preset = String::from_utf8(succeed(folder, &["train", "--print-preset"]).stdout).unwrap();
    let preset = preset.replace("epochs = 40", "epochs = 4").replace("width = 96", "width = 16");
    fs::write(folder.join("small.toml"), preset).unwrap();
    let run = format!("run-{data}");
    if !folder.join(&run).exists() {
        succeed(folder, &["train", "--data", data, "--preset", "small.toml", "--out", &run]);
    }
    succeed(folder, &["export", "--run", &run, "--out", bundle]);
}

/// Generate a site, and a second one whose users like what those of the first dislike.
fn sites(folder: &Path) {
    succeed(folder, &["generate", "--users", "500", "--items", "150", "--ratings", "15000", "--out", "site"]);
    fs::create_dir(folder.join("contrary")).unwrap();
    for file in fs::read_dir(folder.join("site")).unwrap() {
        let path = file.unwrap().path();
        let mut text = fs::read_to_string(&path).unwrap();
        if path.ends_with("ratings.csv") {
            let mut lines = text.lines();
            let header = lines.next().unwrap();
            let turned = lines.map(|line| {
                let (start, stars) = line.rsplit_once(',').unwrap();
                format!("{start},{}", 5.5 - stars.parse::<f32>().unwrap())
            });
            text = [header.to_owned()].into_iter().chain(turned).collect::<Vec<_>>().join("\n");
        }
        fs::write(folder.join("contrary").join(path.file_name().unwrap()), text).unwrap();
    }
}

fn manifest(folder: &Path) -> Vec<u8> {
    fs::read(folder.join("public/manifest.json")).unwrap()
}

#[test]
fn the_bundle_before_is_kept_and_a_worse_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    sites(path);
    publish(path, "site", "public");
    let first = manifest(path);
    publish(path, "contrary", "new");

    let compare = ["compare", "--bundle", "public", "--bundle", "new", "--data", "site", "--json"];
    let compared: Value = serde_json::from_slice(&succeed(path, &compare).stdout).unwrap();
    let after_five = compared["differences"].as_array().unwrap().iter();
    let mae = after_five.clone().find(|row| row["metric"] == "MAE" && row["answers"] == 5).unwrap();
    assert_eq!(mae["verdict"], "worse", "{compared}");
    let (old, new, gain) = (number(&mae["old"]), number(&mae["new"]), number(&mae["gain"]));
    assert!((old - new - gain).abs() < 1e-9 && gain < -2.0 * number(&mae["standard_error"]), "{mae}");
    assert!(number(&compared["lists_changed"]) > 0.5, "{compared}");
    let refused = trainer(path, &[&compare[..], &["--fail-if-worse"]].concat());
    assert_eq!(refused.status.code(), Some(1));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("worse in MAE after 0 answers"), "{message}");

    let same =
        succeed(path, &["compare", "--bundle", "public", "--bundle", "public", "--data", "site", "--fail-if-worse"]);
    let same = String::from_utf8_lossy(&same.stdout).into_owned();
    assert!(same.contains("no different") && same.contains("0 % differ, by 0.0 of ten items"), "{same}");

    // Published all the same, and taken back.
    publish(path, "contrary", "public");
    let second = manifest(path);
    assert_ne!(first, second);
    assert_eq!(fs::read(path.join("public/manifest.former-1.json")).unwrap(), first);
    let said = succeed(path, &["rollback", "--bundle", "public"]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("150 items"));
    assert_eq!(manifest(path), first);
    succeed(path, &["compare", "--bundle", "public", "--bundle", "new", "--data", "site"]);
    succeed(path, &["rollback", "--bundle", "public"]);
    assert_eq!(manifest(path), second, "a second rollback undoes the first");

    // Nothing else stays: a manifest, weights and catalogue of two bundles.
    publish(path, "contrary", "public");
    publish(path, "site", "public");
    assert_eq!(manifest(path), first);
    let names: Vec<String> = fs::read_dir(path.join("public"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let count = |part: &str| names.iter().filter(|name| name.starts_with(part)).count();
    assert_eq!([count("manifest"), count("weights-"), names.len() - count("catalogue-")], [2, 2, 4], "{names:?}");
}

#[test]
fn without_a_bundle_before_there_is_no_rollback() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    succeed(path, &["generate", "--users", "200", "--items", "40", "--ratings", "3000", "--out", "site"]);
    publish(path, "site", "public");
    let refused = trainer(path, &["rollback", "--bundle", "public"]);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(message.contains("public keeps no former bundle") && message.contains("--keep"), "{message}");
}

/// The bundle of an older trainer, whose manifest has no hash of itself, is kept with its files; a damaged one is dropped with a note.
#[test]
fn a_former_bundle_without_a_hash_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    sites(path);
    publish(path, "site", "public");
    let text = String::from_utf8(manifest(path)).unwrap();
    let (before, hash) = text.split_once("; manifest ").unwrap();
    let older = before.to_owned() + &hash[64..];
    fs::write(path.join("public/manifest.json"), &older).unwrap();
    let files = || -> Vec<_> { fs::read_dir(path.join("public")).unwrap().map(|file| file.unwrap().path()).collect() };
    let live = files();
    publish(path, "contrary", "public");
    assert!(live.iter().all(|file| file.exists()), "{live:?}");
    assert_eq!(fs::read_to_string(path.join("public/manifest.former-1.json")).unwrap(), older);

    let damaged = String::from_utf8(manifest(path)).unwrap().replace("; manifest ", "; manifest 0");
    fs::write(path.join("public/manifest.json"), damaged).unwrap();
    let said = succeed(path, &["export", "--run", "run-site", "--out", "public"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("a former bundle is dropped: ") && said.contains("manifest.json is damaged"), "{said}");
    assert_eq!(fs::read_to_string(path.join("public/manifest.former-1.json")).unwrap(), older);
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// A catalogue with an item less, an item more and another title needs no training: the bundle has them, what was learned is the
/// same, the new item is near those with its fields, and the same catalogue gives the same bundle.
#[test]
fn todays_catalogue_is_exported_without_training() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_halves(path, "site", 40, "");
    publish(path, "site", "public");
    let learned = manifest(path);
    succeed(path, &["export", "--run", "run-site", "--data", "site", "--out", "public"]);
    assert_eq!(manifest(path), learned, "the same catalogue");

    // Item 0 is gone, 40 is new (even: as those of the first genre), and 1 has another title. The rows are in another order.
    fs::create_dir(path.join("today")).unwrap();
    for name in ["schema.toml", "ratings.csv"] {
        fs::copy(path.join("site").join(name), path.join("today").join(name)).unwrap();
    }
    let items = fs::read_to_string(path.join("site/items.csv")).unwrap().replace("Item 1,", "First,");
    let mut rows: Vec<&str> = items.lines().skip(1).filter(|row| !row.starts_with("0,")).collect();
    rows.push("40,New,g0");
    rows.reverse();
    fs::write(path.join("today/items.csv"), format!("id,title,genre\n{}\n", rows.join("\n"))).unwrap();
    let ratings = fs::read_to_string(path.join("site/ratings.csv")).unwrap();
    let kept: Vec<&str> = ratings.lines().filter(|row| row.split(',').nth(1) != Some("0")).collect();
    fs::write(path.join("today/ratings.csv"), kept.join("\n")).unwrap();
    let said =
        succeed(path, &["export", "--run", "run-site", "--data", "today", "--out", "public", "--precision", "f32"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        said.contains("40 items: 39 that the run has learned from or knows, 1 new") && said.contains("1 are gone"),
        "{said}"
    );
    // The counts are of what the run has learned from, not of today's data.
    let counts = |manifest: &[u8]| {
        let about = serde_json::from_slice::<Value>(manifest).unwrap()["about"]["metrics"].clone();
        ["users", "ratings", "items"].map(|what| about[format!("{what} learned from")].clone())
    };
    assert_eq!(counts(&manifest(path)), counts(&learned));
    assert!(counts(&learned)[2] == 40.0, "{:?}", counts(&learned));

    let catalogue = fs::read_dir(path.join("public")).unwrap().map(|file| file.unwrap().path());
    let texts: Vec<String> = catalogue
        .filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("catalogue-"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    assert!(texts.iter().any(|text| text.contains("First") && text.contains("New") && !text.contains("Item 0\"")));

    // Expected stars of known items are what they were, and those of the new item what its genre says.
    succeed(path, &["export", "--run", "run-site", "--out", "before", "--precision", "f32"]);
    let line = r#"{"user":9999,"support":[[2,5],[3,1],[4,5]],"query":[[6,3],[7,3],[8,3]]}"#;
    fs::write(path.join("known.jsonl"), line).unwrap();
    fs::write(path.join("new.jsonl"), line.replace("[7,3]", "[40,3]")).unwrap();
    let stars = |bundle: &str, tasks: &str| -> Vec<f32> {
        succeed(path, &["predict", "--bundle", bundle, "--tasks", tasks, "--mean", "--out", "stars.jsonl"]);
        serde_json::from_str(fs::read_to_string(path.join("stars.jsonl")).unwrap().trim()).unwrap()
    };
    assert_eq!(stars("before", "known.jsonl"), stars("public", "known.jsonl"));
    let placed = stars("public", "new.jsonl");
    assert!((placed[1] - placed[0]).abs() < 0.5 && placed[1] > stars("public", "known.jsonl")[1] + 1.0, "{placed:?}");
}

/// A new item is near those with whose titles its own shares a word that neither few items nor many have; what is only learned from
/// is not shown.
#[test]
fn new_items_are_placed_by_the_words_of_their_titles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_halves(path, "site", 240, "");
    let schema = fs::read_to_string(path.join("site/schema.toml")).unwrap();
    let schema = schema.replace("genre = { kind = \"categorical\" }", "title = { kind = \"text\" }");
    fs::write(path.join("site/schema.toml"), schema).unwrap();
    let words = ["whale", "desert", "island", "harbour", "forest", "tower", "garden", "valley", "bridge", "market"];
    let words: Vec<String> = words.iter().flat_map(|word| [format!("{word}s"), format!("{word}less")]).collect();
    let write = |name: &str, new: &str| {
        let rows = (0..240).map(|item| format!("{item},\"The {}, no. {item}\"\n", words[item % 20]));
        fs::write(path.join(name).join("items.csv"), format!("id,title\n{}{new}", rows.collect::<String>())).unwrap();
    };
    write("site", "");
    // With chance in the ratings, or the model would be certain of every user.
    let stars = |user: usize, item: usize| {
        let chance = (user * 1009 + item).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60;
        (if item % 2 == user % 2 { 4 } else { 2 }) + usize::from(chance < 5) - usize::from(chance > 10)
    };
    let rated = (0..300).flat_map(|user| (0..240).map(move |item| (user, item)));
    let rated = rated.filter(|(user, item)| (item * 7 + user * 4) % 9 < 2);
    let ratings: String = rated.map(|(user, item)| format!("{user},{item},{}\n", stars(user, item))).collect();
    fs::write(path.join("site/ratings.csv"), format!("user,item,rating\n{ratings}")).unwrap();
    publish(path, "site", "public");
    fs::create_dir(path.join("today")).unwrap();
    for name in ["schema.toml", "ratings.csv"] {
        fs::copy(path.join("site").join(name), path.join("today").join(name)).unwrap();
    }
    write("today", &format!("240,THE {}\n241,The {}\n", words[0].to_uppercase(), words[1]));
    succeed(path, &["export", "--run", "run-site", "--data", "today", "--out", "public", "--precision", "f32"]);
    let line = r#"{"user":9999,"support":[[2,5],[3,1],[4,5],[5,1]],"query":[[240,3],[241,3]]}"#;
    fs::write(path.join("new.jsonl"), line).unwrap();
    succeed(path, &["predict", "--bundle", "public", "--tasks", "new.jsonl", "--mean", "--out", "stars.jsonl"]);
    let placed: Vec<f32> = serde_json::from_str(fs::read_to_string(path.join("stars.jsonl")).unwrap().trim()).unwrap();
    assert!(placed[0] > placed[1] + 1.0, "{placed:?}");
    let files = fs::read_dir(path.join("public")).unwrap().map(|file| file.unwrap().path());
    let catalogue = files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("catalogue-"));
    for file in catalogue {
        let catalogue: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        assert!(catalogue["items"].as_array().unwrap().iter().all(|item| item["fields"] == serde_json::json!({})));
    }
}

/// Data of another site, and a network, are refused by name.
#[test]
fn what_cannot_be_placed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write_halves(path, "site", 40, "");
    publish(path, "site", "public");
    let before = manifest(path);
    write_halves(path, "other", 40, "x");
    let refused = trainer(path, &["export", "--run", "run-site", "--data", "other", "--out", "public"]);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("knows none of the 40 items"), "{message}");
    assert_eq!(manifest(path), before);
    succeed(path, &["train", "--data", "site", "--preset", "ridge", "--epochs", "1", "--out", "network"]);
    let refused = trainer(path, &["export", "--run", "network", "--data", "site", "--out", "public"]);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("--data: the preset ridge") && message.contains("train anew"), "{message}");
}

/// Write a site of two genres, of which each user likes one and dislikes the other; ids of items begin with `prefix`.
fn write_halves(folder: &Path, name: &str, items: usize, prefix: &str) {
    let site = folder.join(name);
    fs::create_dir(&site).unwrap();
    let schema = "name = \"site\"\n[ratings]\nmin = 1\nmax = 5\n[items.fields]\ngenre = { kind = \"categorical\" }\n";
    fs::write(site.join("schema.toml"), schema).unwrap();
    let rows: String = (0..items).map(|item| format!("{prefix}{item},Item {item},g{}\n", item % 2)).collect();
    fs::write(site.join("items.csv"), format!("id,title,genre\n{rows}")).unwrap();
    let mut ratings = String::from("user,item,rating\n");
    for user in 0..300 {
        for item in (0..items).filter(|item| (item * 7 + user * 3) % 5 < 2) {
            let stars = if item % 2 == user % 2 { 5 - (item + user) / 2 % 2 } else { 1 + (item + user) / 3 % 2 };
            ratings += &format!("{user},{prefix}{item},{stars}\n");
        }
    }
    fs::write(site.join("ratings.csv"), ratings).unwrap();
}

/// The job of docs/NIGHTLY.md runs as printed, twice, with a catalogue that changes in between, and goes back.
#[test]
fn the_documented_job_runs_as_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = include_str!("../../docs/NIGHTLY.md");
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let [job, update, rollback, catalogue] = blocks.as_slice() else {
        panic!("expected four scripts in docs/NIGHTLY.md")
    };
    write_halves(path, "data", 40, "");
    let run = |script: &str| {
        let programs = Path::new(env!("CARGO_BIN_EXE_trainer")).parent().unwrap().display().to_string();
        let path_variable = format!("{programs}:{}", std::env::var("PATH").unwrap());
        let output =
            Command::new("sh").args(["-c", script]).env("PATH", path_variable).current_dir(path).output().unwrap();
        assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    };
    let published = || fs::read(path.join("public/model/manifest.json")).unwrap();
    fs::create_dir_all(path.join("public")).unwrap();
    run(job);
    let first = published();
    let items = fs::read_to_string(path.join("data/items.csv")).unwrap();
    fs::write(path.join("data/items.csv"), items + "40,New,g1\n").unwrap();
    run(catalogue);
    assert_ne!(published(), first);
    run(rollback);
    assert_eq!(published(), first);
    run(job);
    assert_ne!(published(), first);
    assert!(path.join("runs/last/finished.json").exists() && !path.join("runs/tonight").exists());
    // Of the run of the night before, and without one.
    for is_first in [false, true] {
        if is_first {
            fs::remove_dir_all(path.join("runs")).unwrap();
        }
        run(update);
        let config = fs::read_to_string(path.join("runs/tonight/config.toml")).unwrap();
        assert_eq!(config.contains("[former]"), !is_first, "{config}");
        assert!(path.join("runs/tonight/finished.json").exists());
    }
}
