//! Replays signups: a visitor is shown items, answers those they know, and predictions of other ratings are measured.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::evidence::{Strategy, rank, shipped};
use crate::metrics::{Metrics, PickMetrics, gains, ndcg, pairs};
use crate::predict::{predict_task, rank_task};
use crate::train::Trained;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::halves::Given;
use fewclicks_model::recommender::Recommender;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Numbers of items shown.
pub const SHOWN: [usize; 5] = [0, 5, 10, 20, 40];

const MAX_SHOWN: usize = SHOWN[SHOWN.len() - 1];

/// Metrics of a strategy after a number of items shown.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the strategy.
    pub strategy: String,
    /// Number of items shown.
    pub shown: usize,
    /// Mean number of items answered.
    pub answered: f64,
    /// Mean over visitors; `None` for a model that learns from picks.
    pub mae: Option<f64>,
    /// nDCG@10 of the query items alone, with the rating as gain.
    #[serde(rename = "ndcg@10")]
    pub ndcg10: f64,
    /// nDCG@10 with the whole catalogue as candidates; `None` for a model that learns from ratings.
    #[serde(rename = "catalogue ndcg@10")]
    pub catalogue_ndcg10: Option<f64>,
}

/// How the items shown to a visitor are chosen.
enum Shown {
    /// The same list for every visitor.
    List(Vec<usize>),
    /// The most informative item after the answers so far, among candidates with the share of users who know them.
    Adaptive(Vec<(usize, f32)>),
}

/// Replay `tasks` with each of `strategies`. [`Strategy::Adaptive`] chooses among the candidates of the bundle, also
/// for picks, for which the device does not choose but uses the list.
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
    let model = trained.recommender(encoded)?;
    let mut rows = Vec::new();
    for &strategy in strategies {
        let shown = match strategy {
            Strategy::Adaptive => Shown::Adaptive(
                shipped(trained, encoded, seed)?.iter().map(|asked| (asked.item, asked.known)).collect(),
            ),
            _ => Shown::List(rank(strategy, trained, encoded, seed)?.iter().map(|candidate| candidate.item).collect()),
        };
        let answers = tasks.par_iter().map(|task| shown.answers(&model, task));
        let answers: Vec<Vec<Vec<(u32, f32)>>> = answers.collect();
        for (k, &count) in SHOWN.iter().enumerate() {
            let answers: Vec<&[(u32, f32)]> = answers.iter().map(|by_count| by_count[k].as_slice()).collect();
            rows.push(row(strategy.name(), count, &model, tasks, &answers));
        }
    }
    Ok(rows)
}

impl Shown {
    /// Return the list of a device that does not choose: the candidates in their order.
    fn first(candidates: &[(usize, f32)]) -> Self {
        Self::List(candidates.iter().map(|&(item, _)| item).collect())
    }

    /// Return the answers of the task's user after each number of [`SHOWN`]: the support ratings of the items shown.
    fn answers(&self, model: &Recommender, task: &TaskRows) -> Vec<Vec<(u32, f32)>> {
        let known: HashMap<usize, f32> = task.support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
        let answer = |item: usize| Given { item, rating: known.get(&item).copied() };
        let shown: Vec<Given> = match self {
            Self::List(list) => list.iter().take(MAX_SHOWN).copied().map(answer).collect(),
            Self::Adaptive(candidates) => {
                let questions = |shown: &[_]| model.questions(&task.user, candidates, shown);
                let mut shown = Vec::new();
                let Some(mut next) = questions(&shown) else { return Self::first(candidates).answers(model, task) };
                while shown.len() < MAX_SHOWN
                    && let Some(item) = next.next()
                {
                    shown.push(answer(item));
                    if known.contains_key(&item) {
                        next = questions(&shown).unwrap_or(next);
                    }
                }
                shown
            }
        };
        let rated = |given: &Given| Some((given.item as u32, given.rating?));
        SHOWN.map(|count| shown.iter().take(count).filter_map(rated).collect()).into()
    }
}

fn row(name: String, shown: usize, model: &Recommender, tasks: &[TaskRows], answers: &[&[(u32, f32)]]) -> Row {
    let both = || tasks.par_iter().zip(answers);
    let scale = *model.scale();
    let min = scale.min;
    let predicted: Vec<Vec<f32>> = both().map(|(task, given)| predict_task(model, task, given)).collect();
    let metrics = Metrics::of_tasks(&predicted, tasks, min, scale.max);
    let each =
        predicted.iter().zip(tasks).map(|(predicted, task)| ndcg(&gains(&task.query_ratings(), min), predicted, 10));
    let ndcg10 = each.sum::<f64>() / tasks.len().max(1) as f64;
    let (mae, catalogue_ndcg10) = match model.feedback() {
        Feedback::Ratings => (Some(metrics.mae), None),
        Feedback::Picks => {
            let picked = |task: &TaskRows| {
                let picked = task.query.iter().filter(|&&(_, rating)| scale.is_like(rating));
                picked.map(|&(item, _)| item).collect()
            };
            let (listed, picked): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
                both().map(|(task, given)| (rank_task(model, task, given), picked(task))).unzip();
            (None, Some(PickMetrics::of(pairs(&listed, &picked)).ndcg10))
        }
    };
    let answered = answers.iter().map(|given| given.len() as f64).sum::<f64>() / tasks.len().max(1) as f64;
    Row { strategy: name, shown, answered, mae, ndcg10, catalogue_ndcg10 }
}
