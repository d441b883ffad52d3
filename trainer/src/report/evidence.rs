//! What is worth asking, how it stands out, and what asking it is worth.

use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::evidence::{Line, Strategy, describe, rank};
use crate::measure::onboarding::{Row, replay};
use crate::train::Loaded;
use fewclicks_model::ask::evidence::Candidate;
use fewclicks_model::model::Model;
use serde::Serialize;
use std::collections::HashMap;

/// How many candidates are asked.
pub const ASKED: usize = 20;

/// By which strategies signups are replayed; `greedy` is left out, as it takes a while.
const REPLAYED: [Strategy; 7] = [
    Strategy::Variance,
    Strategy::Adaptive,
    Strategy::Frobenius,
    Strategy::Popularity,
    Strategy::Random,
    Strategy::Entropy0,
    Strategy::Helf,
];

/// So many of the first for picks: the last are by opinions, and of opinions picks know one.
const REPLAYED_FOR_PICKS: usize = 5;

/// Evidence candidates by the default strategy, among all items by mean gradient norm and popularity.
#[derive(Debug, Serialize)]
pub struct Evidence {
    pub strategy: String,
    pub asked: Vec<Asked>,
    /// The candidate that is the last of as many by the published rule, norm × popularity.
    pub published_last: Option<Candidate>,
    /// How many of the asked are asked by that rule too.
    pub published_too: usize,
    /// Popularity and mean norm of every other item with ratings.
    pub others: Vec<(f64, f64)>,
}

/// One item that is asked.
#[derive(Debug, Serialize)]
pub struct Asked {
    #[serde(flatten)]
    pub line: Line,
    /// Its rank by the published rule.
    pub published_rank: usize,
}

/// Of a run's model.
///
/// # Errors
/// Where the catalogue makes the folded model too large.
pub fn evidence(model: &Model, loaded: &Loaded, seed: u64) -> anyhow::Result<Evidence> {
    let strategy = Strategy::of(model);
    let ranked = rank(strategy, model, &loaded.encoded, seed)?;
    let published = rank(Strategy::Frobenius, model, &loaded.encoded, seed)?;
    let ranks: HashMap<usize, usize> = published.iter().map(|candidate| candidate.item).zip(1..).collect();
    let asked: Vec<Asked> = describe(&ranked, &loaded.data, ASKED)
        .into_iter()
        .map(|line| Asked { published_rank: ranks[&line.candidate.item], line })
        .collect();
    let others = ranked.iter().skip(ASKED).filter(|candidate| candidate.popularity > 0.0);
    Ok(Evidence {
        strategy: strategy.name(),
        published_last: published.get(asked.len().saturating_sub(1)).copied(),
        published_too: asked.iter().filter(|asked| asked.published_rank <= ASKED).count(),
        asked,
        others: others.map(|candidate| (candidate.popularity, candidate.norm)).collect(),
    })
}

/// Replayed signups.
#[derive(Debug, Serialize)]
pub struct Onboarding {
    /// What the report calls the tasks.
    pub name: String,
    /// The strategy that the bundle asks by.
    pub in_use: String,
    pub tasks: usize,
    pub rows: Vec<Row>,
}

/// Shows each task's user what a strategy asks, lets them answer what their support set has, and judges on the query.
///
/// # Errors
/// As [`replay`].
pub fn onboarding(
    name: &str,
    tasks: &[TaskRows],
    model: &Model,
    loaded: &Loaded,
    seed: u64,
) -> anyhow::Result<Onboarding> {
    let strategies = match model.update.feedback() {
        Feedback::Ratings => &REPLAYED[..],
        Feedback::Picks => &REPLAYED[..REPLAYED_FOR_PICKS],
    };
    let rows = replay(model, &loaded.encoded, tasks, strategies, seed)?;
    Ok(Onboarding { name: name.into(), in_use: Strategy::of(model).name(), tasks: tasks.len(), rows })
}
