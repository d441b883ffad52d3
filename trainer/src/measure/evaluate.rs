//! Measures a model and the baselines on tasks, after 0, 1, 3, 5, 10 and all answers.

use crate::baselines::{Picks, Ratings, only_items, pick_baselines, rating_baselines};
use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset, Feedback, Rating};
use crate::encode::Encoded;
use crate::metrics::{Metrics, PickMetrics};
use crate::predict::{best, predict_task, rank_task};
use crate::preset::Preset;
use crate::rng::{Purpose, stream};
use crate::train::Loaded;
use anyhow::ensure;
use fewclicks_model::model::Model;
use fewclicks_model::network::parameters::Parameters;
use fewclicks_model::network::task::Items;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// All answers of a support set, as a number of answers.
pub const ALL: usize = usize::MAX;

/// Numbers of answers that are measured.
pub const ANSWERS: [usize; 6] = [0, 1, 3, 5, 10, ALL];

/// Maximum size of a held-out user's query set of ratings, or of their support set of picks.
const MAX_HELD_OUT: usize = 10;

/// Metrics of a contender after a number of answers; `M` is [`Metrics`] or [`PickMetrics`].
#[derive(Clone, Debug, Serialize)]
pub struct Row<M> {
    /// Name of the contender.
    pub contender: String,
    /// Number of answers; `None` for all.
    pub answers: Option<usize>,
    /// The metrics.
    #[serde(flatten)]
    pub metrics: M,
}

/// Metrics of a model and, if compared, of the baselines.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Measured {
    /// Metrics of predicted ratings.
    Ratings(Vec<Row<Metrics>>),
    /// Metrics of recommended picks.
    Picks(Vec<Row<PickMetrics>>),
}

/// Name of the model among the contenders.
pub const MODEL: &str = "model";

/// Return a task per validation user with at least two ratings, or picks for a preset that learns from picks, shuffled
/// by `seed`. Of ratings, at most half and at most 10 are the query set; of picks, at most half and at most 10 are the
/// support set.
pub fn held_out_tasks(loaded: &Loaded, preset: &Preset, seed: u64) -> Vec<TaskRows> {
    let Loaded { data, population, encoded } = loaded;
    let mut by_user: HashMap<u32, Vec<(u32, f32)>> = population.validation.iter().map(|&u| (u, Vec::new())).collect();
    let feedback = preset.feedback();
    let counts = |rating: &&Rating| match feedback {
        Feedback::Ratings => true,
        Feedback::Picks => encoded.scale.is_like(rating.value),
    };
    for rating in data.ratings.iter().filter(counts) {
        if let Some(list) = by_user.get_mut(&rating.user) {
            list.push((rating.item, rating.value));
        }
    }
    let task = |&user: &u32| {
        let mut support = by_user.get(&user).filter(|ratings| ratings.len() >= 2)?.clone();
        support.shuffle(&mut stream(seed, Purpose::EvaluationTasks, user.into(), 0));
        let few = MAX_HELD_OUT.min(support.len() / 2);
        let query = support.split_off(match feedback {
            Feedback::Ratings => support.len() - few,
            Feedback::Picks => few,
        });
        Some(TaskRows { user: encoded.users[user as usize].clone(), support, query })
    };
    population.validation.iter().filter_map(task).collect()
}

/// Look up the tasks of a file in the data set. A user without `user_fields` who is not in the data has unknown fields.
///
/// # Errors
/// Return the errors of [`Lookup::tasks`].
pub fn look_up(lines: &[TaskLine], data: &Dataset, encoded: &Encoded) -> Result<Vec<TaskRows>, DataError> {
    let items = data.items.ids.iter().map(String::as_str);
    Lookup::new(items, &encoded.user_vocabularies, &encoded.scale, Some(&data.users)).tasks(lines)
}

/// Measure `model` on `tasks`.
///
/// # Errors
/// Return an error if there are no tasks.
pub fn measure(model: &Model, encoded: &Encoded, tasks: &[TaskRows]) -> anyhow::Result<Measured> {
    ensure!(!tasks.is_empty(), "no tasks to measure on: name some with --tasks, or validation_users in the split");
    let (model, items) = model.fold(&encoded.items)?;
    Ok(measure_folded(&model, &items, encoded, tasks))
}

/// Measure a folded model, such as that of a bundle; `items` is its catalogue.
pub fn measure_folded<P: Parameters + Clone + Sync>(
    model: &Model<P>,
    items: &Items,
    encoded: &Encoded,
    tasks: &[TaskRows],
) -> Measured {
    if model.update.feedback() == Feedback::Picks {
        return Measured::Picks(picks(MODEL, tasks, &|task, given| rank_task(model, items, task, given)));
    }
    let mut rows = Vec::new();
    if model.readout.is_some() {
        let mean = Model { readout: None, ..model.clone() };
        let name = "model, read out at the mean";
        rows.extend(ratings(name, encoded, tasks, &|task, given| predict_task(&mean, items, task, given)));
    }
    rows.extend(ratings(MODEL, encoded, tasks, &|task, given| predict_task(model, items, task, given)));
    Measured::Ratings(rows)
}

/// Measure `model` and baselines fitted to the same training data.
///
/// # Errors
/// Return the errors of [`measure`].
pub fn compare(model: &Model, encoded: &Encoded, tasks: &[TaskRows]) -> anyhow::Result<Measured> {
    let items = encoded.popularity.len();
    Ok(match measure(model, encoded, tasks)? {
        Measured::Ratings(model) => {
            let baselines = rating_baselines(Ratings { users: &encoded.ratings, items });
            let rows = baselines.iter().flat_map(|baseline| {
                ratings(baseline.name(), encoded, tasks, &|task, given| baseline.predict(given, &task.query_items()))
            });
            Measured::Ratings(rows.chain(model).collect())
        }
        Measured::Picks(model) => {
            let users: Vec<Vec<u32>> = encoded.ratings.iter().map(|picks| only_items(picks)).collect();
            let rows = pick_baselines(Picks { users: &users, items }).into_iter().flat_map(|baseline| {
                picks(baseline.name(), tasks, &|task, given| best(&baseline.scores(&only_items(given)), &task.support))
            });
            Measured::Picks(rows.chain(model).collect())
        }
    })
}

fn ratings(name: &str, encoded: &Encoded, tasks: &[TaskRows], predict: &Predict<Vec<f32>>) -> Vec<Row<Metrics>> {
    let metrics = |predicted: Vec<_>| Metrics::of_tasks(&predicted, tasks, encoded.scale.min, encoded.scale.max);
    after_each(name, tasks, predict, metrics)
}

fn picks(name: &str, tasks: &[TaskRows], rank: &Predict<Vec<u32>>) -> Vec<Row<PickMetrics>> {
    after_each(name, tasks, rank, |listed| PickMetrics::of_tasks(&listed, tasks))
}

/// Predicts for a task after the given answers of its support set.
type Predict<'a, P> = dyn Fn(&TaskRows, &[(u32, f32)]) -> P + Sync + 'a;

/// Measure a contender after each number of [`ANSWERS`].
fn after_each<P: Send, M>(
    contender: &str,
    tasks: &[TaskRows],
    predict: &Predict<P>,
    measure: impl Fn(Vec<P>) -> M,
) -> Vec<Row<M>> {
    let row = |answers: usize| {
        let predicted = tasks.par_iter().map(|task| predict(task, task.given(answers))).collect();
        let answers = (answers != ALL).then_some(answers);
        Row { contender: contender.into(), answers, metrics: measure(predicted) }
    };
    ANSWERS.map(row).into()
}
