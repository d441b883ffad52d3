//! The trainer's metrics equal those of the reference scorer, also with ties and with predictions off the scale.

use serde::Serialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use trainer::data::tasks_file;
use trainer::metrics::{Metrics, PickMetrics, pairs};

const PROTOCOLS: [&str; 3] = ["ratings-user-cold.jsonl", "ratings-item-cold.jsonl", "ratings-both-cold.jsonl"];

#[test]
fn metrics_agree_with_the_reference_scorer() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !shared.join("score.py").is_file() {
        return println!("skipped: there is no {}", shared.join("score.py").display());
    }
    if !Command::new(python()).args(["-c", "import numpy"]).output().is_ok_and(|output| output.status.success()) {
        return println!("skipped: python3 with numpy is needed to run score.py");
    }
    for name in PROTOCOLS {
        compare(&shared, &shared.join("protocols").join(name));
    }
    compare_picks(&shared, &shared.join("protocols/picks-user-cold.jsonl"));
}

/// Compare metrics of lists of a hundred items in which the query items are at the top, farther down, or absent, by
/// task.
fn compare_picks(shared: &Path, protocol: &Path) {
    let tasks = tasks_file::read(protocol).unwrap();
    let ids = |ratings: &[(String, f32)]| ratings.iter().map(|(id, _)| id.parse().unwrap()).collect::<Vec<u32>>();
    let queries: Vec<Vec<u32>> = tasks.iter().map(|task| ids(&task.query)).collect();
    let lists: Vec<Vec<u32>> = (tasks.iter().zip(&queries).enumerate())
        .map(|(task, (line, query))| {
            let asked = ids(&line.support);
            // Unknown ids, far above those of the data, fill the other ranks.
            let place = |rank: usize| query.get(rank / (1 + task % 7)).filter(|_| rank.is_multiple_of(1 + task % 7));
            (0..100)
                .map(|rank| place(rank).copied().unwrap_or(1_000_000 + rank as u32))
                .filter(|i| !asked.contains(i))
                .collect()
        })
        .collect();
    let ours = PickMetrics::of(pairs(&lists, &queries));
    let theirs = score(shared, "picks", protocol, &lists);
    for (name, ours) in [("ndcg@10", ours.ndcg10), ("recall@20", ours.recall20), ("ndcg@100", ours.ndcg100)] {
        let theirs = theirs[name].as_f64().unwrap();
        assert!((ours - theirs).abs() <= 1e-9 && ours > 0.1, "{name} = {ours}, expected {theirs}");
    }
}

fn compare(shared: &Path, protocol: &Path) {
    let tasks = tasks_file::read(protocol).unwrap();
    let truths: Vec<Vec<f32>> =
        tasks.iter().map(|task| task.query.iter().map(|&(_, rating)| rating).collect()).collect();
    let predictions: Vec<Vec<f32>> = (0..).zip(&truths).map(|(task, truth)| invent(task, truth.len())).collect();
    let ours = Metrics::of(pairs(&predictions, &truths), 1.0, 5.0);
    // As doubles, so that the scorer reads exactly these numbers.
    let doubles: Vec<Vec<f64>> = predictions.iter().map(|list| list.iter().map(|&y| f64::from(y)).collect()).collect();
    let theirs = score(shared, "ratings", protocol, &doubles);

    let [n1, n3, n5] = ours.ndcg;
    let [p1, p3, p5] = ours.ndcg2;
    let names = ["mae", "rmse", "ndcg@1", "ndcg@3", "ndcg@5", "ndcg2@1", "ndcg2@3", "ndcg2@5"];
    for (name, ours) in names.into_iter().zip([ours.mae, ours.rmse, n1, n3, n5, p1, p3, p5]) {
        let theirs = theirs[name].as_f64().unwrap();
        assert!((ours - theirs).abs() <= 1e-6, "{}: {name} = {ours}, expected {theirs}", protocol.display());
    }
    assert_eq!(theirs["tasks"], ours.tasks);
}

/// Return predictions from −1 to 7; in every other task all are multiples of a half, so that there are ties.
fn invent(task: usize, count: usize) -> Vec<f32> {
    let place = |i: usize| ((task * 31 + i * 17) as f32 * 0.618_034).fract();
    let spread = |i| place(i) * 8.0 - 1.0;
    (0..count).map(|i| if task.is_multiple_of(2) { (spread(i) * 2.0).round() / 2.0 } else { spread(i) }).collect()
}

fn score<P: Serialize>(shared: &Path, kind: &str, protocol: &Path, predictions: &[Vec<P>]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("predictions.jsonl");
    let lines: Vec<String> = predictions.iter().map(|line| serde_json::to_string(line).unwrap()).collect();
    fs::write(&path, lines.join("\n")).unwrap();
    let output = Command::new(python())
        .arg(shared.join("score.py"))
        .arg(kind)
        .args([protocol, path.as_path()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `cargo xtask test` sets PYTHON to one that has numpy.
fn python() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "python3".into())
}
