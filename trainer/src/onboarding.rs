//! Replays a signup: so many items are shown, the visitor answers those they know, and is judged on other ratings.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::evidence::{Strategy, rank};
use crate::metrics::{Metrics, PickMetrics, ndcg};
use crate::predict::{best, examples, predict_task, rank_task};
use fewclicks::examples::Items;
use fewclicks::loss::Loss;
use fewclicks::model::Model;
use fewclicks::question::Questions;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Numbers of items shown.
pub const SHOWN: [usize; 5] = [0, 5, 10, 20, 40];

/// The items that a question chosen on the device is chosen from: as many as a bundle carries.
const CANDIDATES: usize = 200;

/// One line of the outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub strategy: String,
    pub shown: usize,
    /// Mean number of items answered.
    pub answered: f64,
    /// Mean over visitors; of a model of ratings.
    pub mae: Option<f64>,
    /// nDCG@10 of the query's items alone, gain = rating.
    #[serde(rename = "ndcg@10")]
    pub ndcg10: f64,
    /// nDCG@10 where the whole catalogue competes; of a model of picks.
    #[serde(rename = "catalogue ndcg@10")]
    pub catalogue_ndcg10: Option<f64>,
}

/// What is shown to a visitor.
enum Shown {
    /// The same list to everybody.
    List(Vec<usize>),
    /// Whatever tells most after the answers so far.
    Adaptive { candidates: Vec<usize>, known: Vec<f32> },
}

/// Replays `tasks` with each of `strategies`, and with questions chosen on the device.
///
/// # Errors
/// Where the catalogue makes the folded model too large.
pub fn replay(
    model: &Model,
    encoded: &Encoded,
    tasks: &[TaskRows],
    strategies: &[Strategy],
    seed: u64,
) -> anyhow::Result<Vec<Row>> {
    let (folded, items) = model.fold(&encoded.items)?;
    let mut rows = Vec::new();
    for &strategy in strategies {
        let shown = match strategy {
            Strategy::Adaptive => adaptive(encoded),
            _ => Shown::List(rank(strategy, model, encoded, seed)?.iter().map(|candidate| candidate.item).collect()),
        };
        let answers: Vec<Vec<Vec<(u32, f32)>>> =
            tasks.par_iter().map(|task| shown.answers(&folded, &items, task)).collect();
        for (k, &count) in SHOWN.iter().enumerate() {
            let answers: Vec<&[(u32, f32)]> = answers.iter().map(|by_count| by_count[k].as_slice()).collect();
            rows.push(row(strategy.name(), count, &folded, &items, tasks, &answers));
        }
    }
    Ok(rows)
}

fn adaptive(encoded: &Encoded) -> Shown {
    let mut candidates: Vec<usize> = (0..encoded.popularity.len()).collect();
    candidates.sort_by_key(|&item| std::cmp::Reverse(encoded.popularity[item]));
    candidates.truncate(CANDIDATES);
    let known = candidates.iter().map(|&item| encoded.known(item)).collect();
    Shown::Adaptive { candidates, known }
}

impl Shown {
    /// After each number of [`SHOWN`] the answers of the task's user: what their support set says of the items shown.
    fn answers(&self, model: &Model, items: &Items, task: &TaskRows) -> Vec<Vec<(u32, f32)>> {
        let known: HashMap<u32, f32> = task.support.iter().copied().collect();
        let answer = |&item: &usize| known.get(&(item as u32)).map(|&rating| (item as u32, rating));
        match self {
            Self::List(list) => SHOWN.iter().map(|&n| list.iter().take(n).filter_map(answer).collect()).collect(),
            Self::Adaptive { candidates, known: shares } => {
                let mut answers = Vec::new();
                let mut asked = vec![false; candidates.len()];
                let mut after = vec![Vec::new()];
                let mut questions = questions(model, items, task, candidates, shares, &asked, &answers);
                for shown in 1..=SHOWN[SHOWN.len() - 1].min(candidates.len()) {
                    let next = questions.best(&asked).expect("fewer are asked than there are");
                    asked[next] = true;
                    match answer(&candidates[next]) {
                        Some(answer) => {
                            answers.push(answer);
                            questions = self::questions(model, items, task, candidates, shares, &asked, &answers);
                        }
                        None => questions.answered(next, shares[next]),
                    }
                    if SHOWN.contains(&shown) {
                        after.push(answers.clone());
                    }
                }
                after.resize(SHOWN.len(), answers);
                after
            }
        }
    }
}

/// As a visitor's session has it: around the weights after the answers, which count in.
fn questions(
    model: &Model,
    items: &Items,
    task: &TaskRows,
    candidates: &[usize],
    shares: &[f32],
    asked: &[bool],
    answers: &[(u32, f32)],
) -> Questions {
    let theta = model.adapt(&task.user, examples(model, items, answers)).expect("a folded model can be laid out");
    let asked_about = items.select(candidates.iter().copied());
    let mut questions = Questions::new(model, &theta, &task.user, &asked_about, shares.to_vec());
    for position in (0..candidates.len()).filter(|&position| asked[position]) {
        let answered = answers.iter().any(|&(item, _)| item as usize == candidates[position]);
        questions.answered(position, if answered { 1.0 } else { shares[position] });
    }
    questions
}

fn row(name: String, shown: usize, model: &Model, items: &Items, tasks: &[TaskRows], answers: &[&[(u32, f32)]]) -> Row {
    let both = || tasks.par_iter().zip(answers);
    let of_picks = model.update.loss == Loss::Softmax;
    let predicted: Vec<Vec<f32>> = both().map(|(task, given)| predict_task(model, items, task, given)).collect();
    let truth: Vec<Vec<f32>> = tasks.iter().map(|task| task.query.iter().map(|&(_, r)| r).collect()).collect();
    let pairs = || predicted.iter().zip(&truth).map(|(p, t)| (p.as_slice(), t.as_slice()));
    let metrics = Metrics::of(pairs(), model.scale.min, model.scale.max);
    let gains =
        |truth: &[f32]| truth.iter().map(|&t| f64::from(t) - f64::from(model.scale.min.min(0.0))).collect::<Vec<_>>();
    let ndcg10 = pairs().map(|(p, t)| ndcg(&gains(t), p, 10)).sum::<f64>() / tasks.len().max(1) as f64;
    let catalogue = of_picks.then(|| {
        let liked =
            |task: &TaskRows| (task.query.iter()).filter(|&&(_, r)| model.scale.is_like(r)).map(|&(i, _)| i).collect();
        let (listed, liked): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
            both().map(|(task, given)| (rank_task(model, items, task, given), liked(task))).unzip();
        PickMetrics::of(listed.iter().zip(&liked).map(|(l, q)| (l.as_slice(), q.as_slice()))).ndcg10
    });
    let answered = answers.iter().map(|given| given.len() as f64).sum::<f64>() / tasks.len().max(1) as f64;
    Row {
        strategy: name,
        shown,
        answered,
        mae: (!of_picks).then_some(metrics.mae),
        ndcg10,
        catalogue_ndcg10: catalogue,
    }
}

/// What `greedy` lowers: the squared error of the query after `answers`, or for picks 1 − nDCG@10.
pub fn error(model: &Model, items: &Items, task: &TaskRows, answers: &[(u32, f32)]) -> f64 {
    if model.update.loss == Loss::Softmax {
        let scores = model.predict_all(&task.user, examples(model, items, answers), items).expect("laid out");
        let query: Vec<u32> = task.query.iter().map(|&(item, _)| item).collect();
        return 1.0 - PickMetrics::of([(best(&scores, answers).as_slice(), query.as_slice())].into_iter()).ndcg10;
    }
    let mean = Model { readout: None, ..model.clone() };
    let predicted = predict_task(&mean, items, task, answers);
    let span = f64::from(model.scale.max - model.scale.min);
    let errors = predicted.iter().zip(&task.query).map(|(&p, &(_, r))| ((f64::from(p) - f64::from(r)) / span).powi(2));
    errors.sum::<f64>() / task.query.len().max(1) as f64
}
