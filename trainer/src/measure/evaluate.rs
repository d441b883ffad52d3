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

/// A support set's end, as a number of answers.
pub const ALL: usize = usize::MAX;

/// Numbers of answers that are measured.
pub const ANSWERS: [usize; 6] = [0, 1, 3, 5, 10, ALL];

/// A held-out user's query set holds at most so many ratings; their support set, at most so many picks.
const QUERY: usize = 10;

/// One line of the outcome; `M` is [`Metrics`] or [`PickMetrics`].
#[derive(Clone, Debug, Serialize)]
pub struct Row<M> {
    pub contender: String,
    /// `None`: all.
    pub answers: Option<usize>,
    #[serde(flatten)]
    pub metrics: M,
}

/// The outcome of a model with its baselines.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Measured {
    /// Of explicit ratings.
    Ratings(Vec<Row<Metrics>>),
    /// Of picks.
    Picks(Vec<Row<PickMetrics>>),
}

/// What the model is called among the contenders.
pub const MODEL: &str = "model";

/// The validation users' ratings, or for a model of picks their picks, shuffled by `seed` and cut: of ratings, at most
/// half and at most [`QUERY`] are judged on; of picks, all but at most half and at most [`QUERY`].
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
        let few = QUERY.min(support.len() / 2);
        let query = support.split_off(match feedback {
            Feedback::Ratings => support.len() - few,
            Feedback::Picks => few,
        });
        Some(TaskRows { user: encoded.users[user as usize].clone(), support, query })
    };
    population.validation.iter().filter_map(task).collect()
}

/// The tasks of a file, by rows of the data set. A user unknown to the data, and without `user_fields`, has unknown
/// fields.
///
/// # Errors
/// As [`Lookup::tasks`].
pub fn look_up(lines: &[TaskLine], data: &Dataset, encoded: &Encoded) -> Result<Vec<TaskRows>, DataError> {
    let items = data.items.ids.iter().map(String::as_str);
    Lookup::new(items, &encoded.user_vocabularies, &encoded.scale, Some(&data.users)).tasks(lines)
}

/// Measures `model`.
///
/// # Errors
/// Where there is nothing to measure on.
pub fn measure(model: &Model, encoded: &Encoded, tasks: &[TaskRows]) -> anyhow::Result<Measured> {
    ensure!(!tasks.is_empty(), "no tasks to measure on: name some with --tasks, or validation_users in the split");
    let (model, items) = model.fold(&encoded.items)?;
    Ok(measure_folded(&model, &items, encoded, tasks))
}

/// Measures a model that was folded, such as that of a bundle, which predicts for `items`.
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

/// Measures what anyone would try first, learned from the same training data, and then `model`.
///
/// # Errors
/// As [`measure`].
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

/// From a task, and as many of its support ratings as are given, to what is predicted.
type Predict<'a, P> = dyn Fn(&TaskRows, &[(u32, f32)]) -> P + Sync + 'a;

/// One row per number of answers.
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
