//! Replays signups: a visitor is shown items, answers those they know, and predictions of other ratings are measured.

use super::estimate::Estimate;
use super::signup::{AnswersByCount, Signups};
use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::evidence::Strategy;
use crate::metrics::{Metrics, Opinions, PickMetrics, gains, ndcg};
use crate::predict::{Predictor, best};
use crate::train::Trained;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::recommender::Recommender;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::slice;

/// Numbers of items shown, one after the other.
pub const SHOWN: [usize; 5] = [0, 5, 10, 20, 40];

/// Numbers of walls shown, one after the other.
pub const WALLS: [usize; 3] = [1, 2, 3];

/// The number of items of a wall, which are shown at once.
pub const WALL: usize = 9;

/// Metrics of a strategy after a number of items shown.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the strategy.
    pub strategy: String,
    /// Number of items shown.
    pub shown: usize,
    /// Number of items shown at once.
    pub at_once: usize,
    /// Mean number of items answered.
    pub answered: f64,
    /// MAE as shown, mean over visitors; `None` for a model that learns from picks.
    pub mae: Option<f64>,
    /// MAE of expected ratings, likewise.
    #[serde(rename = "mae at the mean")]
    pub mae_at_mean: Option<f64>,
    /// nDCG@10 of the query items alone, with the rating as gain.
    #[serde(rename = "ndcg@10")]
    pub ndcg10: f64,
    /// nDCG@10 of the likes in the query, with the whole catalogue as candidates but what the visitor could answer.
    #[serde(rename = "catalogue ndcg@10")]
    pub catalogue_ndcg10: Option<f64>,
    /// What each metric differs by from that of [`Strategy::Popularity`] after as many items, paired by visitor.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub against_popularity: BTreeMap<&'static str, Difference>,
}

/// A paired difference.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Difference {
    /// The mean over visitors.
    pub mean: f64,
    /// Its standard error; `None` for a single visitor.
    pub standard_error: Option<f64>,
}

/// The names of the metrics in [`Row::against_popularity`].
pub const METRICS: [&str; 4] = ["mae", "mae at the mean", "ndcg@10", "catalogue ndcg@10"];

/// Replay `tasks` with each of `strategies`, item by item: a row per strategy and number of [`SHOWN`].
/// [`Strategy::Adaptive`] chooses among the candidates of the bundle.
///
/// # Errors
/// Return an error if the catalogue makes the folded model too large.
pub fn replay(
    trained: &Trained,
    encoded: &Encoded,
    tasks: &[TaskRows],
    strategies: &[Strategy],
    seed: u64,
) -> anyhow::Result<Vec<Row>> {
    rows(trained, encoded, tasks, strategies, seed, 1, &SHOWN)
}

/// As [`replay`], by walls of [`WALL`] items: a row per strategy and number of [`WALLS`].
///
/// # Errors
/// As [`replay`].
pub fn replay_walls(
    trained: &Trained,
    encoded: &Encoded,
    tasks: &[TaskRows],
    strategies: &[Strategy],
    seed: u64,
) -> anyhow::Result<Vec<Row>> {
    rows(trained, encoded, tasks, strategies, seed, WALL, &WALLS.map(|walls| walls * WALL))
}

fn rows(
    trained: &Trained,
    encoded: &Encoded,
    tasks: &[TaskRows],
    strategies: &[Strategy],
    seed: u64,
    at_once: usize,
    shown: &[usize],
) -> anyhow::Result<Vec<Row>> {
    let model = trained.recommender(encoded)?;
    let signups = Signups { trained, encoded, model: &model, seed, at_once, shown };
    let measure = |strategy| -> anyhow::Result<Vec<Vec<Outcome>>> {
        let answers = signups.answers(strategy, tasks)?;
        let by_count = (0..shown.len()).map(|k| {
            let outcome = |(task, answers): (&TaskRows, &AnswersByCount)| Outcome::of(&model, task, &answers[k]);
            tasks.par_iter().zip(&answers).map(outcome).collect()
        });
        Ok(by_count.collect())
    };
    let popular = measure(Strategy::Popularity)?;
    let mut rows = Vec::new();
    for &strategy in strategies {
        let outcomes = if strategy == Strategy::Popularity { popular.clone() } else { measure(strategy)? };
        for ((&shown, outcomes), popular) in shown.iter().zip(&outcomes).zip(&popular) {
            rows.push(Row { strategy: strategy.name(), shown, at_once, ..row(outcomes, popular) });
        }
    }
    Ok(rows)
}

/// What is measured of one visitor.
#[derive(Clone, Copy, Debug)]
struct Outcome {
    answered: usize,
    /// The metrics in the order of [`METRICS`]; `None` where one is not defined.
    metrics: [Option<f64>; 4],
}

impl Outcome {
    /// Measure a visitor who gave `answers`.
    fn of(model: &Recommender, task: &TaskRows, answers: &[(u32, f32)]) -> Self {
        let scale = *model.scale();
        let expected = model.ratings(&task.user, answers, &task.query_items());
        let shown: Vec<f32> = expected.iter().map(|&rating| model.read_out(rating)).collect();
        let mae = |predicted: &Vec<f32>| {
            Metrics::of_tasks(slice::from_ref(predicted), slice::from_ref(task), scale.min, scale.max).mae
        };
        // Nothing that the visitor could answer competes: an answer to it would take it off the list.
        let listed = best(&Predictor::scores(model, &task.user, answers), &task.support);
        let liked: Vec<u32> =
            task.query.iter().filter(|&&(_, rating)| scale.is_like(rating)).map(|&(item, _)| item).collect();
        let (rates, listed) = match model.feedback() {
            Feedback::Ratings => {
                (true, Opinions::of(scale.min, scale.max).judge(&listed, &task.query).map(|(ndcg, _)| ndcg))
            }
            Feedback::Picks => {
                let of_one = PickMetrics::of([(&listed[..], &liked[..])].into_iter());
                (false, (of_one.tasks > 0).then_some(of_one.ndcg10))
            }
        };
        let query = (!task.query.is_empty()).then_some(());
        let metrics = [
            query.filter(|()| rates).map(|()| mae(&shown)),
            query.filter(|()| rates).map(|()| mae(&expected)),
            Some(ndcg(&gains(&task.query_ratings(), scale.min), &shown, 10)),
            listed,
        ];
        Self { answered: answers.len(), metrics }
    }
}

fn row(outcomes: &[Outcome], popular: &[Outcome]) -> Row {
    let answered = outcomes.iter().map(|outcome| outcome.answered as f64).sum::<f64>() / outcomes.len().max(1) as f64;
    let of = |outcomes: &[Outcome], metric: usize| -> Vec<f64> {
        outcomes.iter().filter_map(|outcome| outcome.metrics[metric]).collect()
    };
    let mean = |metric: usize| {
        let values = of(outcomes, metric);
        (!values.is_empty()).then(|| Estimate::of(&values).mean)
    };
    let difference = |(metric, name)| {
        let (own, other) = (of(outcomes, metric), of(popular, metric));
        let Estimate { mean, standard_error } = Estimate::of_difference(&own, &other);
        (!own.is_empty()).then_some((name, Difference { mean, standard_error }))
    };
    Row {
        strategy: String::new(),
        shown: 0,
        at_once: 1,
        answered,
        mae: mean(0),
        mae_at_mean: mean(1),
        ndcg10: mean(2).unwrap_or_default(),
        catalogue_ndcg10: mean(3),
        against_popularity: (0..).zip(METRICS).filter_map(difference).collect(),
    }
}
