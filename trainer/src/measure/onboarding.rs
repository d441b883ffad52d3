//! Replays signups: a visitor is shown items, answers those they know, and predictions of other ratings are measured.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::evidence::{Strategy, rank, shipped};
use crate::metrics::{Metrics, PickMetrics, gains, ndcg, pairs};
use crate::predict::{Folded, Predictor, predict_task, rank_task};
use fewclicks_model::adapt::Feedback;
use fewclicks_model::ask::question::Questions;
use fewclicks_model::model::Model;
use fewclicks_model::network::layout::LayoutError;
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
    model: &Model,
    encoded: &Encoded,
    tasks: &[TaskRows],
    strategies: &[Strategy],
    seed: u64,
) -> anyhow::Result<Vec<Row>> {
    let folded = Folded::new(model, &encoded.items)?;
    let mut rows = Vec::new();
    for &strategy in strategies {
        let shown = match strategy {
            Strategy::Adaptive => {
                Shown::Adaptive(shipped(model, encoded, seed)?.iter().map(|asked| (asked.item, asked.known)).collect())
            }
            _ => Shown::List(rank(strategy, model, encoded, seed)?.iter().map(|candidate| candidate.item).collect()),
        };
        let answers = tasks.par_iter().map(|task| shown.answers(&folded, task));
        let answers: Vec<Vec<Vec<(u32, f32)>>> = answers.collect::<Result<_, _>>()?;
        for (k, &count) in SHOWN.iter().enumerate() {
            let answers: Vec<&[(u32, f32)]> = answers.iter().map(|by_count| by_count[k].as_slice()).collect();
            rows.push(row(strategy.name(), count, &folded, tasks, &answers));
        }
    }
    Ok(rows)
}

impl Shown {
    /// Return the answers of the task's user after each number of [`SHOWN`]: the support ratings of the items shown.
    fn answers(&self, folded: &Folded, task: &TaskRows) -> Result<Vec<Vec<(u32, f32)>>, LayoutError> {
        let known: HashMap<usize, f32> = task.support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
        let answer = |item: usize| (item, known.get(&item).copied());
        let shown: Vec<(usize, Option<f32>)> = match self {
            Self::List(list) => list.iter().take(MAX_SHOWN).copied().map(answer).collect(),
            Self::Adaptive(candidates) => {
                let questions =
                    |shown: &[_]| Questions::new(&folded.model, &folded.items, &task.user, candidates, shown);
                let mut shown = Vec::new();
                let mut next = questions(&shown);
                while shown.len() < MAX_SHOWN
                    && let Some(item) = next.next()
                {
                    shown.push(answer(item));
                    if known.contains_key(&item) {
                        next = questions(&shown);
                    }
                }
                shown
            }
        };
        let rated = |&(item, rating): &(usize, Option<f32>)| Some((item as u32, rating?));
        Ok(SHOWN.map(|count| shown.iter().take(count).filter_map(rated).collect()).into())
    }
}

fn row(name: String, shown: usize, folded: &Folded, tasks: &[TaskRows], answers: &[&[(u32, f32)]]) -> Row {
    let both = || tasks.par_iter().zip(answers);
    let scale = folded.model.scale;
    let min = scale.min;
    let predicted: Vec<Vec<f32>> = both().map(|(task, given)| predict_task(folded, task, given)).collect();
    let metrics = Metrics::of_tasks(&predicted, tasks, min, scale.max);
    let each =
        predicted.iter().zip(tasks).map(|(predicted, task)| ndcg(&gains(&task.query_ratings(), min), predicted, 10));
    let ndcg10 = each.sum::<f64>() / tasks.len().max(1) as f64;
    let (mae, catalogue_ndcg10) = match folded.feedback() {
        Feedback::Ratings => (Some(metrics.mae), None),
        Feedback::Picks => {
            let picked = |task: &TaskRows| {
                let picked = task.query.iter().filter(|&&(_, rating)| scale.is_like(rating));
                picked.map(|&(item, _)| item).collect()
            };
            let (listed, picked): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
                both().map(|(task, given)| (rank_task(folded, task, given), picked(task))).unzip();
            (None, Some(PickMetrics::of(pairs(&listed, &picked)).ndcg10))
        }
    };
    let answered = answers.iter().map(|given| given.len() as f64).sum::<f64>() / tasks.len().max(1) as f64;
    Row { strategy: name, shown, answered, mae, ndcg10, catalogue_ndcg10 }
}
