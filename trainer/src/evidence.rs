//! Evidence candidates by several strategies: which items to ask a new user about.

use crate::data::Dataset;
use crate::encode::Encoded;
use crate::rng::{Purpose, stream};
use clap::ValueEnum;
use fewclicks::evidence::{Candidate, candidates, gradient_norms};
use fewclicks::examples::Examples;
use fewclicks::model::Model;
use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;

/// How candidates are scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Strategy {
    /// Mean Frobenius norm of the local-update gradient × popularity (MeLU)
    Frobenius,
    /// The same with every loss divided by its own value, as the paper's public code has it
    FrobeniusUnit,
    /// Number of ratings alone
    Popularity,
    /// Any order of the items with ratings, by the run's seed
    Random,
}

/// A candidate in words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub rank: usize,
    pub id: String,
    pub title: String,
    #[serde(flatten)]
    pub candidate: Candidate,
}

/// Keeps a loss of nothing from dividing by it.
const LEAST_LOSS: f32 = 1e-12;

/// All items, best question first; those without ratings last.
pub fn rank(strategy: Strategy, model: &Model, encoded: &Encoded, seed: u64) -> Vec<Candidate> {
    let popularity: Vec<f64> = encoded.popularity.iter().map(|&n| n.into()).collect();
    // Every strategy shows the norms; only two of them count them.
    let norms = mean_norms(model, encoded, strategy == Strategy::FrobeniusUnit);
    let mut ranked = candidates(&norms, &popularity);
    match strategy {
        Strategy::Frobenius | Strategy::FrobeniusUnit => {}
        Strategy::Popularity => ranked.iter_mut().for_each(|c| c.score = c.popularity_share),
        Strategy::Random => {
            ranked.sort_by_key(|candidate| candidate.item);
            let mut rng = stream(seed, Purpose::RandomEvidence, 0, 0);
            let rated = ranked.iter_mut().filter(|candidate| candidate.popularity > 0.0);
            rated.for_each(|candidate| candidate.score = rng.random());
        }
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

/// The first `top` candidates with their names.
pub fn describe(ranked: &[Candidate], data: &Dataset, top: usize) -> Vec<Line> {
    let line = |(rank, candidate): (usize, &Candidate)| Line {
        rank,
        id: data.items.ids[candidate.item].clone(),
        title: data.items.titles[candidate.item].clone(),
        candidate: *candidate,
    };
    (1..).zip(ranked.iter().take(top)).map(line).collect()
}

/// Per item the mean, over the users in training who rated it, of the norm of that rating's own gradient at the
/// initial parameters. `unit`: each loss is divided by its value.
fn mean_norms(model: &Model, encoded: &Encoded, unit: bool) -> Vec<f64> {
    let users: Vec<usize> = (0..encoded.users.len()).filter(|&user| !encoded.ratings[user].is_empty()).collect();
    let norms: Vec<Vec<f32>> = users.par_iter().map(|&user| user_norms(model, encoded, user, unit)).collect();
    let mut sums = vec![0.0; encoded.popularity.len()];
    for (&user, norms) in users.iter().zip(&norms) {
        for (&(item, _), &norm) in encoded.ratings[user].iter().zip(norms) {
            sums[item as usize] += f64::from(norm);
        }
    }
    sums.iter().zip(&encoded.popularity).map(|(sum, &count)| sum / f64::from(count.max(1))).collect()
}

fn user_norms(model: &Model, encoded: &Encoded, user: usize, unit: bool) -> Vec<f32> {
    let loss = model.update.loss;
    let ratings = &encoded.ratings[user];
    let examples = Examples {
        items: encoded.items.select(ratings.iter().map(|&(item, _)| item as usize)),
        labels: ratings.iter().map(|&(_, rating)| model.scale.label(rating, loss)).collect(),
    };
    let user = &encoded.users[user];
    let mut norms = gradient_norms(&model.layout, &model.theta, user, &examples, loss, model.update.scope);
    if unit {
        let pass = fewclicks::network::forward(&model.layout, &model.theta, user, &examples.items);
        for ((norm, &y), &label) in norms.iter_mut().zip(&pass.prediction).zip(&examples.labels) {
            *norm /= loss.value(y, label).max(LEAST_LOSS);
        }
    }
    norms
}
