//! Models whose numbers are not finite are neither finished nor exported.

use crate::site::{PRESETS, Site, contents, refuses, succeeds};
use std::fs;

/// One batch an epoch with a rate that makes everything infinite: the loss is that of the start, and the model is no model.
#[test]
fn a_diverged_model_is_no_finished_run_and_leaves_the_bundle_as_it_was() {
    let site = Site::new();
    for preset in PRESETS {
        succeeds(&mut site.train(preset, "good"));
        site.succeed(&["export", "--run", "good", "--out", "bundle"]);
        let bundle = contents(&site.path("bundle"));
        let text = fs::read_to_string(site.path(preset)).unwrap();
        let rate = |line: &str| match line.starts_with("learning_rate") {
            true => "learning_rate = 1e20\n".into(),
            false => format!("{line}\n"),
        };
        let text: String = text.lines().map(rate).collect();
        fs::write(
            site.path("diverged.toml"),
            text.replace("epochs = 3", "epochs = 1").replace("decay = 1.0", "decay = 0.0"),
        )
        .unwrap();
        // The default model's numbers have bounds, beyond which it is refused before any score is computed.
        let reason = if preset == "halves.toml" { "is not sound" } else { "finite" };
        refuses(&mut site.train("diverged.toml", "diverged"), &[reason]);
        if site.path("diverged").exists() {
            site.refuse(&["export", "--run", "diverged", "--out", "bundle"], &["has not finished"]);
            site.refuse(&["report", "--run", "diverged"], &["has not finished"]);
        }
        assert!(contents(&site.path("bundle")) == bundle, "{preset}: the good bundle has changed");
        ["good", "bundle"].iter().for_each(|folder| fs::remove_dir_all(site.path(folder)).unwrap());
        drop(fs::remove_dir_all(site.path("diverged")));
    }
}

/// Numbers that are finite in a run and not in the precision of the bundle: the former bundle stays, byte by byte.
#[test]
fn an_export_that_is_not_sound_leaves_the_bundle_as_it_was() {
    let site = Site::new();
    succeeds(&mut site.train("network.toml", "run"));
    site.succeed(&["export", "--run", "run", "--out", "bundle"]);
    let before = contents(&site.path("bundle"));
    // A folder that no bundle can be completed in: its manifest is a folder.
    fs::remove_file(site.path("bundle/manifest.json")).unwrap();
    fs::create_dir(site.path("bundle/manifest.json")).unwrap();
    succeeds(site.train("network.toml", "other").args(["--seed", "2"]));
    site.refuse(&["export", "--run", "other", "--out", "bundle"], &["cannot write", "manifest.json"]);
    let mut after = contents(&site.path("bundle"));
    after.extend(before.iter().filter(|(name, _)| *name == "manifest.json").map(|(a, b)| (a.clone(), b.clone())));
    assert!(after == before, "{:?}", after.keys());
}
