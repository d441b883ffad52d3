//! Evidence candidates by several strategies: which items to ask a new user about.

mod entropy;
mod greedy;
mod norms;

use crate::data::Dataset;
use crate::encode::{Encoded, by_popularity};
use crate::rng::{Purpose, stream};
use clap::ValueEnum;
use fewclicks_model::ask::evidence::{Candidate, candidates};
use fewclicks_model::ask::question::Questions;
use fewclicks_model::bundle::Asked;
use fewclicks_model::model::Model;
use fewclicks_model::model::features::UNKNOWN;
use fewclicks_model::network::layout::LayoutError;
use rand::RngExt;
use serde::Serialize;

/// How candidates are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Strategy {
    /// What lowers the variance of predictions for what people know most, each after those before it
    Variance,
    /// Mean Frobenius norm of the local-update gradient × popularity (MeLU)
    Frobenius,
    /// The same with every loss divided by its own value, as the paper's public code has it
    FrobeniusUnit,
    /// Number of ratings alone
    Popularity,
    /// Entropy of opinions, not knowing the item being one of half the weight
    Entropy0,
    /// Harmonic mean of the logarithm of popularity and the entropy of opinions
    Helf,
    /// What lowers the error most on users in training, given what each of them can answer; takes a while
    Greedy,
    /// Any order of the items with ratings, by the run's seed
    Random,
    /// As `variance`, chosen on the device after each answer; its list is what is asked where none comes
    Adaptive,
}

impl Strategy {
    /// What suits `model`: for ratings `variance`. Of picks the most popular items tell most, as what is not picked says
    /// nothing.
    pub fn of(model: &Model) -> Self {
        if model.update.learns_picks() { Self::Popularity } else { Self::Variance }
    }

    /// As the command line has it.
    pub fn name(self) -> String {
        self.to_possible_value().expect("no strategy is hidden").get_name().to_owned()
    }
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

/// Evidence candidates in a bundle: enough for anyone who asks for others again and again. Strategies that choose one
/// item after the other choose no more; the rest follows by popularity.
const LISTED: usize = 200;

/// Chosen one after the other from so many of the most popular items.
const POOL: usize = 500;

/// The greedy list's length: as many as a long signup shows.
const GREEDY: usize = 40;

/// All items, best question first; those without ratings last.
///
/// # Errors
/// Where the catalogue makes the folded model too large.
pub fn rank(strategy: Strategy, model: &Model, encoded: &Encoded, seed: u64) -> Result<Vec<Candidate>, LayoutError> {
    let popularity: Vec<f64> = encoded.popularity.iter().map(|&n| n.into()).collect();
    // Every strategy shows the norms; only two of them count them.
    let norms = norms::mean_norms(model, encoded, strategy == Strategy::FrobeniusUnit)?;
    let mut ranked = candidates(&norms, &popularity);
    let scores = match strategy {
        Strategy::Frobenius | Strategy::FrobeniusUnit => return Ok(ranked),
        Strategy::Popularity => encoded.popularity.iter().map(|&count| count.into()).collect(),
        Strategy::Entropy0 => entropy::entropy0(encoded),
        Strategy::Helf => entropy::helf(encoded),
        Strategy::Greedy => {
            let (folded, items) = model.fold(&encoded.items)?;
            in_order(&greedy::list(&folded, &items, encoded, GREEDY, seed), encoded)
        }
        Strategy::Variance | Strategy::Adaptive => in_order(&variance(model, encoded)?, encoded),
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

/// What a bundle of `model` asks about, best first.
///
/// # Errors
/// As [`rank`].
pub fn shipped(model: &Model, encoded: &Encoded, seed: u64) -> Result<Vec<Asked>, LayoutError> {
    let asked = |c: &Candidate| Asked { item: c.item, score: c.score, known: encoded.known(c.item) };
    Ok(rank(Strategy::of(model), model, encoded, seed)?.iter().take(LISTED).map(asked).collect())
}

/// For a visitor of whom nothing is known: an answer that may not come counts with the chance that it does.
fn variance(model: &Model, encoded: &Encoded) -> Result<Vec<usize>, LayoutError> {
    let (model, items) = model.fold(&encoded.items)?;
    let popular = by_popularity(&encoded.popularity).into_iter().take(POOL);
    let pool: Vec<(usize, f32)> = popular.map(|item| (item, encoded.known(item))).collect();
    let nobody = vec![vec![UNKNOWN]; encoded.user_vocabularies.len()];
    Ok(Questions::new(&model, &items, &nobody, &pool, &[])?.take(LISTED).collect())
}

/// Scores that put the items of `list` first, from 1 down to above ½, and the others behind by popularity.
fn in_order(list: &[usize], encoded: &Encoded) -> Vec<f64> {
    let most = f64::from(encoded.popularity.iter().copied().max().unwrap_or(0).max(1));
    let mut scores: Vec<f64> = encoded.popularity.iter().map(|&count| 0.5 * f64::from(count) / most).collect();
    for (place, &item) in list.iter().enumerate() {
        scores[item] = 1.0 - 0.5 * place as f64 / list.len() as f64;
    }
    scores
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
