//! Figures of two bundles on the same tasks, and their paired differences.

use crate::data::DataError;
use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::measure::estimate::{Estimate, Verdict};
use crate::metrics::Opinions;
use crate::predict::{Predictor, best, predict_task};
use anyhow::ensure;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::Bundle;
use fewclicks_model::visitor::VARIETY;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashSet;

/// The numbers of answers that are measured.
const ANSWERS: [usize; 3] = [0, 5, 10];

/// The number of rows of a list.
const LISTED: usize = 10;

/// A figure of the old and of the new bundle.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The metric.
    pub metric: &'static str,
    /// The number of answers.
    pub answers: usize,
    /// The number of tasks.
    pub tasks: usize,
    /// The mean of the old bundle.
    pub old: f64,
    /// The mean of the new bundle.
    pub new: f64,
    /// The gain of the new bundle: positive is better, whichever way the metric goes.
    pub gain: f64,
    /// The standard error of the gain, paired by task; `None` for a single task.
    pub standard_error: Option<f64>,
    /// What the gain is worth.
    pub verdict: Verdict,
}

/// The outcome of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// Figures by metric and number of answers.
    pub differences: Vec<Difference>,
    /// The share of the lists after five answers whose items differ, the order aside.
    pub lists_changed: f64,
    /// The mean number of items that such a list has in one bundle alone.
    pub items_changed: f64,
    /// The number of different items in all lists, of the old and the new bundle.
    pub items_listed: [usize; 2],
    /// The number of items in the catalogues.
    pub items: [usize; 2],
}

impl Comparison {
    /// Return the figures in which the new bundle is worse by more than chance explains.
    pub fn worse(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.verdict == Verdict::Worse)
    }
}

/// What a bundle gives for each task after some answers.
struct Outcome {
    /// The mean absolute error of the query ratings as they are shown; `None` for picks.
    error: Option<f64>,
    /// nDCG@10 of the list; `None` for users without likes in the query.
    ndcg: Option<f64>,
    /// The list's first items, by id.
    listed: Vec<String>,
}

/// Compare bundles on `tasks` whose items both have.
///
/// # Errors
/// Return an error if the bundles predict different things, there are no tasks, or a rating lies off the scale.
pub fn compare([old, new]: [&Bundle; 2], tasks: &[TaskLine]) -> anyhow::Result<Comparison> {
    ensure!(
        !tasks.is_empty(),
        "no task has items of both bundles: name tasks that belong to both with --tasks or --data"
    );
    let feedback = [old, new].map(|bundle| Predictor::feedback(&bundle.model));
    ensure!(feedback[0] == feedback[1], "one bundle is of ratings, the other of picks: expected two of the same");
    let scales = [old, new].map(|bundle| (bundle.model.scale().min, bundle.model.scale().max));
    ensure!(
        scales[0] == scales[1],
        "the bundles have ratings on different scales, {:?} and {:?}",
        scales[0],
        scales[1]
    );
    let [old_tasks, new_tasks] = [old, new].map(|bundle| look_up(bundle, tasks));
    let (old_tasks, new_tasks) = (old_tasks?, new_tasks?);
    let (mut differences, mut lists) = (Vec::new(), Vec::new());
    for answers in ANSWERS {
        let outcomes = [(old, &old_tasks), (new, &new_tasks)].map(|(bundle, tasks)| -> Vec<Outcome> {
            tasks.par_iter().map(|task| outcome(bundle, task, answers)).collect()
        });
        differences.extend(difference("MAE", answers, &outcomes, |outcome| outcome.error, -1.0));
        differences.extend(difference("list nDCG@10", answers, &outcomes, |outcome| outcome.ndcg, 1.0));
        if answers == ANSWERS[1] {
            lists = outcomes.map(|side| side.into_iter().map(|outcome| outcome.listed).collect::<Vec<_>>()).into();
        }
    }
    let pairs = || lists[0].iter().zip(&lists[1]);
    let only = |(one, other): (&Vec<String>, &Vec<String>)| one.iter().filter(|id| !other.contains(id)).count();
    let count = tasks.len() as f64;
    let listed = |side: usize| lists[side].iter().flatten().collect::<HashSet<_>>().len();
    Ok(Comparison {
        differences,
        lists_changed: pairs().filter(|&pair| only(pair) > 0).count() as f64 / count,
        items_changed: pairs().map(only).sum::<usize>() as f64 / count,
        items_listed: [listed(0), listed(1)],
        items: [old.catalogue.len(), new.catalogue.len()],
    })
}

fn look_up(bundle: &Bundle, tasks: &[TaskLine]) -> Result<Vec<TaskRows>, DataError> {
    let ids = (0..bundle.catalogue.len()).map(|position| bundle.catalogue.id(position));
    Lookup::new(ids, &bundle.user_vocabularies, bundle.model.scale(), None).tasks(tasks)
}

fn outcome(bundle: &Bundle, task: &TaskRows, answers: usize) -> Outcome {
    let (model, support) = (&bundle.model, task.given(answers));
    let scale = model.scale();
    let scores = Predictor::scores(model, &task.user, support);
    let open: Vec<usize> = best(&scores, &task.support).into_iter().map(|item| item as usize).collect();
    let mut listed = model.vary(&scores, open, 2 * LISTED, VARIETY);
    listed.truncate(LISTED);
    let rows: Vec<u32> = listed.iter().map(|&item| item as u32).collect();
    let is_ratings = Predictor::feedback(model) == Feedback::Ratings;
    let error = is_ratings.then(|| {
        let shown = predict_task(model, task, support);
        let errors = shown
            .iter()
            .zip(&task.query)
            .map(|(shown, (_, rating))| f64::from((shown.clamp(scale.min, scale.max) - rating).abs()));
        errors.sum::<f64>() / task.query.len() as f64
    });
    let ndcg = Opinions::of(scale.min, scale.max).judge(&rows, &task.query).map(|(ndcg, _)| ndcg);
    Outcome { error, ndcg, listed: listed.into_iter().map(|item| bundle.catalogue.id(item).to_owned()).collect() }
}

/// Return the difference of a metric over the tasks that have it; `sign` is −1 where less is better.
fn difference(
    metric: &'static str,
    answers: usize,
    [old, new]: &[Vec<Outcome>; 2],
    value: impl Fn(&Outcome) -> Option<f64>,
    sign: f64,
) -> Option<Difference> {
    let pairs: Vec<(f64, f64)> =
        old.iter().zip(new).filter_map(|(old, new)| Some((value(old)?, value(new)?))).collect();
    if pairs.is_empty() {
        return None;
    }
    let (old, new): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let gains: Vec<f64> = new.iter().zip(&old).map(|(new, old)| sign * (new - old)).collect();
    let gain = Estimate::of(&gains);
    let [old, new] = [&old, &new].map(|values| Estimate::of(values).mean);
    let Estimate { mean, standard_error } = gain;
    Some(Difference {
        metric,
        answers,
        tasks: gains.len(),
        old,
        new,
        gain: mean,
        standard_error,
        verdict: gain.verdict(),
    })
}
