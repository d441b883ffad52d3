//! Learns the stars half: chooses what EM does not learn on held-out users, then fits all users.

use super::assemble::{Parts, plain};
use super::audience::{audience, item_means};
use super::data::StarsData;
use super::fields::Features;
use super::fit::{Fit, FitConfig};
use super::of_new::StarsOfNew;
use crate::ranks;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::Stars;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

/// The settings of the stars half in a preset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StarsConfig {
    /// Number of factors beside the offset.
    pub factors: usize,
    /// Maximum number of rounds of EM; held-out users decide.
    pub rounds: usize,
    /// Maximum number of neighbours of an item; held-out users decide how much they weigh.
    pub neighbours: usize,
}

/// What held-out users decide.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tuning {
    /// Number of rounds of EM.
    pub rounds: usize,
    /// The factor of the prior precision Λ.
    pub precision: f32,
    /// The weight of the audience term.
    pub audience: f32,
    /// The penalty of the regression on which items were rated; `None` for no such term.
    pub context: Option<f32>,
    /// The weight of neighbours.
    pub neighbours: f32,
}

impl Tuning {
    /// Return what was chosen, in words.
    pub fn words(&self) -> String {
        let context = self.context.map_or("no context".into(), |ridge| format!("context at penalty {ridge}"));
        let Self { rounds, precision, audience, neighbours, .. } = self;
        format!("{rounds} rounds; prior × {precision}, audience {audience}, {context}, neighbours {neighbours}")
    }
}

/// Users who are held out of the first fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holdout {
    /// Rows of the users, ascending.
    pub users: Vec<usize>,
}

/// Numbers of answers that are tried.
const ANSWERS: [usize; 5] = [0, 1, 3, 5, 10];

/// The maximum weight of a held-out user, in ratings, over all numbers of answers.
const MAX_QUERY: f64 = 10.0 * ANSWERS.len() as f64;

/// Factors of the prior precision that are tried.
const PRECISIONS: [f32; 4] = [1.0, 1.3, 1.7, 2.2];

/// Penalties of the regression on which items were rated that are tried.
const CONTEXTS: [Option<f32>; 3] = [Some(100.0), Some(30.0), Some(10.0)];

/// Weights of neighbours that are tried.
const NEIGHBOURS: [f32; 4] = [0.0, 0.25, 0.5, 0.75];

/// Weights of the audience term that are tried.
const AUDIENCES: [f32; 6] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.4];

/// Rounds without improvement after which EM stops.
const PATIENCE: usize = 3;

/// The first number of rounds that is tried.
const MIN_ROUNDS: usize = 4;

/// Learn the stars half of `data`: fit all users but those held out, choose on these, then fit all. Return both halves and what
/// was chosen; `rows` are the numbers of rows of the items' fields.
/// `progress` is called after each round.
pub fn learn(
    data: StarsData,
    rows: &[usize],
    config: &StarsConfig,
    holdout: &Holdout,
    seed: u64,
    progress: &mut dyn FnMut(usize, f64),
) -> StarsLearned {
    let fit_config = FitConfig { factors: config.factors, seed };
    let (first, tuning) = choose_first(data, config, holdout, seed, progress);
    let mut fit = Fit::start(data, &[], fit_config);
    (0..tuning.rounds).for_each(|_| fit.round());
    StarsLearned { last: StarsFitted::new(&fit, data, rows, config, tuning, seed), first, tuning }
}

/// Fit all users but those held out, and choose on these. Return the half, and what was chosen.
fn choose_first(
    data: StarsData,
    config: &StarsConfig,
    holdout: &Holdout,
    seed: u64,
    progress: &mut dyn FnMut(usize, f64),
) -> (Stars, Tuning) {
    let tasks = tasks(data, holdout, seed);
    let mut tuning = Tuning { rounds: 0, precision: PRECISIONS[0], audience: 0.0, context: None, neighbours: 0.0 };
    let mut fit = Fit::start(data, &holdout.users, FitConfig { factors: config.factors, seed });
    let features = Features::of_items(data.item_fields, &fit.ratings().of_items);
    let means = item_means(&fit, features, &fit.ratings().of_own_items()).means;
    let mut best: Option<(f64, Fit)> = None;
    for round in 1..=config.rounds {
        fit.round();
        if round < MIN_ROUNDS.min(config.rounds) {
            continue;
        }
        let error = error_of_round(&fit, &means, tuning.precision, &tasks);
        progress(round, error);
        if best.as_ref().is_none_or(|(least, _)| error < *least) {
            best = Some((error, fit.clone()));
        } else if best.as_ref().is_some_and(|(_, best)| round >= best.rounds + PATIENCE) {
            break;
        }
    }
    let fit = best.map_or(fit, |(_, fit)| fit);
    tuning.rounds = fit.rounds;
    let parts = Parts::new(&fit, data, config.neighbours);
    let tuning = choose(&fit, &parts, tuning, &tasks, seed);
    (parts.assemble(&fit, data, tuning, seed), tuning)
}

/// What [`learn`] returns.
#[derive(Clone, Debug)]
pub struct StarsLearned {
    /// What was fitted to all users.
    pub last: StarsFitted,
    /// The half that was fitted without the held-out users.
    pub first: Stars,
    /// What held-out users decided.
    pub tuning: Tuning,
}

/// The half as it was fitted to all users.
#[derive(Clone, Debug)]
pub struct StarsFitted {
    /// The half.
    pub stars: Stars,
    /// How items without ratings are placed.
    pub of_new: StarsOfNew,
}

impl StarsFitted {
    /// Take what a fit says; `rows` are the numbers of rows of the items' fields.
    pub(super) fn new(
        fit: &Fit,
        data: StarsData,
        rows: &[usize],
        config: &StarsConfig,
        tuning: Tuning,
        seed: u64,
    ) -> Self {
        let count = if tuning.neighbours > 0.0 { config.neighbours } else { 0 };
        let parts = Parts::new(fit, data, count);
        let of_new = parts.of_new(fit, tuning, rows, seed);
        Self { stars: parts.assemble(fit, data, tuning, seed), of_new }
    }
}

/// A held-out user after some answers.
struct Task {
    support: Vec<(usize, f32)>,
    query: Vec<(usize, f32)>,
}

/// Draw tasks of the held-out users: after each number of [`ANSWERS`], the rest is the query set.
fn tasks(data: StarsData, holdout: &Holdout, seed: u64) -> Vec<Vec<Task>> {
    let draw = |(&user, ratings): (&usize, Vec<(u32, f32)>)| {
        let mut ratings: Vec<(usize, f32)> = ratings.into_iter().map(|(item, stars)| (item as usize, stars)).collect();
        ratings.shuffle(&mut stream(seed, Purpose::StarsTasks, user as u64, 0));
        let split = |&answers: &usize| {
            let (support, query) = ratings.split_at(answers.min(ratings.len() / 2));
            Task { support: support.to_vec(), query: query.to_vec() }
        };
        ANSWERS.iter().map(split).collect()
    };
    holdout.users.iter().zip(data.shard.lists(data.users, &holdout.users)).map(draw).collect()
}

/// Return the error of a fit without context and neighbours, with the best of some weights of the audience.
fn error_of_round(fit: &Fit, means: &[f32], precision: f32, tasks: &[Vec<Task>]) -> f64 {
    let mut stars = plain(fit, precision);
    let audience = audience(fit, means);
    let mut least = f64::INFINITY;
    for weight in AUDIENCES {
        stars.audience = audience.iter().map(|a| weight * a).collect();
        least = least.min(mean(&errors(&stars, tasks)));
    }
    least
}

/// Return the squared error of each held-out user, summed over all numbers of answers, of stars that are clipped to the scale,
/// and the number of ratings that it is of; a user weighs as [`MAX_QUERY`] at most.
fn errors(stars: &Stars, tasks: &[Vec<Task>]) -> Vec<(f64, f64)> {
    let of = |user: usize| {
        let mut sums = (0.0, 0.0);
        for Task { support, query } in &tasks[user] {
            let adapted = stars.adapt(&Vec::new(), support);
            for &(item, given) in query {
                let expected = stars.expect(&adapted, item).clamp(1.0, 5.0);
                sums.0 += f64::from(expected - given).powi(2);
                sums.1 += 1.0;
            }
        }
        let weight = f64::min(sums.1, MAX_QUERY);
        (sums.0 / f64::max(sums.1, 1.0) * weight, weight)
    };
    ranks::map(tasks.len(), of)
}

/// Return the mean squared error.
fn mean(errors: &[(f64, f64)]) -> f64 {
    let (squares, count) = errors.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    squares / f64::max(count, 1.0)
}

/// Return by how much `before` is the larger mean squared error, in standard errors over the users.
fn gain(before: &[(f64, f64)], after: &[(f64, f64)]) -> f64 {
    let count: f64 = before.iter().map(|(_, n)| n).sum::<f64>().max(1.0);
    let differences: Vec<(f64, f64)> = before.iter().zip(after).map(|(b, a)| (b.0 - a.0, b.1)).collect();
    let mean = differences.iter().map(|(d, _)| d).sum::<f64>() / count;
    let spread = differences.iter().map(|(d, n)| (d - n * mean).powi(2)).sum::<f64>().sqrt() / count;
    if spread > 0.0 { mean / spread } else { 0.0 }
}

/// Choose one setting after the other, twice, from the simplest on: a term is added, or weighs more, where it helps by more
/// than a standard error.
fn choose(fit: &Fit, parts: &Parts, start: Tuning, tasks: &[Vec<Task>], seed: u64) -> Tuning {
    let measure = |tuning: Tuning| errors(&parts.assemble_for(fit, tuning, seed), tasks);
    let mut best = (start, measure(start));
    for _ in 0..2 {
        let before = best.0;
        let families: [&dyn Fn(Tuning) -> Vec<Tuning>; 4] = [
            &|t| PRECISIONS.map(|precision| Tuning { precision, ..t }).into(),
            &|t| AUDIENCES.map(|audience| Tuning { audience, ..t }).into(),
            &|t| CONTEXTS.map(|context| Tuning { context, ..t }).into(),
            &|t| match parts.neighbours.items.is_empty() {
                true => Vec::new(),
                false => NEIGHBOURS.map(|neighbours| Tuning { neighbours, ..t }).into(),
            },
        ];
        for family in families {
            for tuning in family(best.0) {
                let errors = measure(tuning);
                if gain(&best.1, &errors) > 1.0 {
                    best = (tuning, errors);
                }
            }
        }
        if best.0 == before {
            break;
        }
    }
    best.0
}
