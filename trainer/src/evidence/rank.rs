//! Ranks all items by a strategy.

use super::strategy::Strategy;
use super::{entropy, greedy, norms};
use crate::encode::{Encoded, by_popularity};
use crate::measure::onboarding::WALL;
use crate::rng::{Purpose, stream};
use crate::train::Trained;
use fewclicks_model::ask::Candidate;
use fewclicks_model::ask::evidence::{Evidence, evidence};
use fewclicks_model::ask::personal::PersonalQuestions;
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::layout::LayoutError;
use rand::RngExt;

/// Number of evidence candidates in a bundle. Strategies that choose one item after the other choose no more; the rest
/// is ranked by popularity.
const LISTED: usize = 500;

/// Number of the most popular items that `variance` chooses from.
const POOL: usize = 500;

/// Length of the greedy list, as many as a replayed signup shows.
const GREEDY_LENGTH: usize = 40;

/// Rank all items, best question first; items without ratings come last.
///
/// # Errors
/// Return an error if the catalogue makes the folded model too large.
pub fn rank(strategy: Strategy, model: &Trained, encoded: &Encoded, seed: u64) -> Result<Vec<Evidence>, LayoutError> {
    let popularity: Vec<f64> = encoded.popularity.iter().map(|&n| n.into()).collect();
    // Candidates of every strategy carry their norms.
    let norms = norms::mean_norms(model, encoded, strategy == Strategy::FrobeniusUnit);
    let mut ranked = evidence(&norms, &popularity);
    let scores = match strategy {
        Strategy::Frobenius | Strategy::FrobeniusUnit => return Ok(ranked),
        Strategy::Popularity => encoded.popularity.iter().map(|&count| count.into()).collect(),
        Strategy::Entropy0 => entropy::entropy0(encoded),
        Strategy::Helf => entropy::helf(encoded),
        Strategy::Greedy => {
            let model = model.recommender(encoded)?;
            in_order(&greedy::list(&model, encoded, GREEDY_LENGTH, seed), encoded)
        }
        Strategy::Variance | Strategy::Adaptive => in_order(&variance(model, encoded)?, encoded),
        Strategy::Personal => in_order(&personal(model, encoded), encoded),
        Strategy::Random => {
            let mut rng = stream(seed, Purpose::RandomEvidence, 0, 0);
            let score = |&count: &u32| if count > 0 { rng.random() } else { 0.0 };
            encoded.popularity.iter().map(score).collect::<Vec<f64>>()
        }
    };
    ranked.iter_mut().for_each(|candidate| candidate.score = scores[candidate.item]);
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.item.cmp(&b.item)));
    Ok(ranked)
}

/// Return the candidates that a bundle of `model` asks about, best first.
///
/// # Errors
/// Return the errors of [`rank`].
pub fn shipped(model: &Trained, encoded: &Encoded, seed: u64) -> Result<Vec<Candidate>, LayoutError> {
    let candidate = |e: &Evidence| Candidate { item: e.item, score: e.score, known: encoded.known(e.item) };
    Ok(rank(Strategy::of(model), model, encoded, seed)?.iter().take(LISTED).map(candidate).collect())
}

/// Choose items by walls, for a visitor of whom nothing is known.
fn personal(model: &Trained, encoded: &Encoded) -> Vec<usize> {
    let Trained::Halves(halves) = model else { return Vec::new() };
    let mut open = by_popularity(&encoded.popularity);
    open.retain(|&item| encoded.popularity[item] > 0);
    let mut list: Vec<usize> = Vec::new();
    while list.len() < LISTED && !open.is_empty() {
        let Some(questions) = PersonalQuestions::new(halves, &open, &[], &[]) else { break };
        let wall: Vec<usize> = questions.take(WALL).collect();
        open.retain(|item| !wall.contains(item));
        list.extend(wall);
    }
    list
}

/// Choose items by variance for a user with unknown fields, weighting an answer with the probability that the user
/// knows the item.
fn variance(model: &Trained, encoded: &Encoded) -> Result<Vec<usize>, LayoutError> {
    let model = model.recommender(encoded)?;
    let popular = by_popularity(&encoded.popularity).into_iter().take(POOL);
    let pool: Vec<(usize, f32)> = popular.map(|item| (item, encoded.known(item))).collect();
    let nobody = vec![vec![UNKNOWN]; encoded.user_vocabularies.len()];
    // A model that knows no ratings has no variance to lower.
    let questions = model.questions_by_variance(&nobody, &pool, &[]);
    Ok(questions.map_or(Vec::new(), |questions| questions.take(LISTED).collect()))
}

/// Return scores that rank the items of `list` first, from 1 down to above ½, and the others by popularity, from ½ down
/// to 0.
fn in_order(list: &[usize], encoded: &Encoded) -> Vec<f64> {
    let most = f64::from(encoded.popularity.iter().copied().max().unwrap_or(0).max(1));
    let mut scores: Vec<f64> = encoded.popularity.iter().map(|&count| 0.5 * f64::from(count) / most).collect();
    for (place, &item) in list.iter().enumerate() {
        scores[item] = 1.0 - 0.5 * place as f64 / list.len() as f64;
    }
    scores
}
