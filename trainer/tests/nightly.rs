//! A nightly job: export, compare with the bundle before, and go back.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

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

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn succeed(folder: &Path, args: &[&str]) -> Output {
    let output = trainer(folder, args);
    assert!(output.status.success(), "trainer {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn trainer(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trainer")).args(args).current_dir(folder).output().unwrap()
}
