//! The same bits whatever the number of ranks and threads.

use crate::launch::{alone, assert_same, has_mpirun, on_ranks, succeed};
use crate::sites::{sites, write_preset};
use std::path::Path;

/// Check that a preset trains the same on a site alone and in each of `launches`, numbers of ranks and threads.
fn assert_equal(folder: &Path, data: &str, preset: &str, launches: &[(usize, usize)]) {
    let file = write_preset(folder, preset);
    let run = |name: String| format!("{data}-{preset}-{name}");
    let expected = run("alone".into());
    succeed(alone(folder, &["train", "--data", data, "--preset", &file, "--threads", "2", "--out", &expected]));
    for &(ranks, threads) in launches {
        let out = run(format!("{ranks}x{threads}"));
        let words = ["train", "--data", data, "--preset", &file, "--out", &out];
        let printed = succeed(on_ranks(folder, ranks, threads, &words));
        assert_eq!(printed.matches("trained: ").count(), 1, "one rank prints: {printed}");
        assert_same(folder, &expected, &out);
        let metrics = std::fs::read_to_string(folder.join(&out).join("metrics.jsonl")).unwrap();
        assert_eq!(metrics.contains("bytes_a_step"), ranks > 1, "{metrics}");
    }
}

#[test]
fn the_default_learns_the_same_from_ratings() {
    if has_mpirun() {
        let sites = sites();
        assert_equal(sites.path(), "crowd", "default", &[(1, 2), (2, 2), (3, 1), (4, 1)]);
        // Fewer users than are divided: all are one rank's.
        assert_equal(sites.path(), "ratings", "default", &[(3, 1)]);
    }
}

#[test]
fn the_default_learns_the_same_from_picks_of_a_whole_and_of_a_sampled_catalogue() {
    if has_mpirun() {
        let sites = sites();
        assert_equal(sites.path(), "buyers", "default", &[(2, 1), (4, 2)]);
        assert_equal(sites.path(), "many", "default", &[(3, 1)]);
    }
}

#[test]
fn every_other_preset_learns_the_same() {
    if has_mpirun() {
        let sites = sites();
        for preset in ["gradient", "ridge", "melu", "maml", "anil", "few-shot-dot"] {
            assert_equal(sites.path(), "ratings", preset, &[(3, 1)]);
        }
        assert_equal(sites.path(), "ratings", "ratings", &[(1, 1), (2, 2), (3, 1), (4, 2)]);
        assert_equal(sites.path(), "picks", "picks", &[(2, 1), (4, 1)]);
    }
}

#[test]
fn an_update_learns_the_same() {
    if has_mpirun() {
        let sites = sites();
        let folder = sites.path();
        let preset = write_preset(folder, "default");
        succeed(alone(folder, &["train", "--data", "crowd", "--preset", &preset, "--out", "base"]));
        succeed(alone(folder, &["update", "--run", "base", "--out", "update-alone"]));
        succeed(on_ranks(folder, 3, 1, &["update", "--run", "base", "--out", "update-3x1"]));
        assert_same(folder, "update-alone", "update-3x1");
    }
}
