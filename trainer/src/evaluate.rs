//! Measures a model and the baselines on tasks, after 0, 1, 3, 5, 10 and all answers.

use crate::baselines::{Averages, Baseline};
use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset};
use crate::encode::Encoded;
use crate::metrics::Metrics;
use crate::population::Population;
use crate::predict::predict_task;
use crate::rng::{Purpose, stream};
use anyhow::ensure;
use fewclicks::model::Model;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Numbers of answers that are measured; the last stands for all.
const ANSWERS: [usize; 6] = [0, 1, 3, 5, 10, usize::MAX];

/// A held-out user's query set holds at most so many ratings, and at most half of them.
const QUERY: usize = 10;

/// One line of the outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub contender: String,
    /// `None`: all.
    pub answers: Option<usize>,
    #[serde(flatten)]
    pub metrics: Metrics,
}

/// The validation users' ratings, shuffled by `seed` and cut.
pub fn held_out_tasks(data: &Dataset, population: &Population, encoded: &Encoded, seed: u64) -> Vec<TaskRows> {
    let mut by_user: HashMap<u32, Vec<(u32, f32)>> = population.validation.iter().map(|&u| (u, Vec::new())).collect();
    for rating in &data.ratings {
        if let Some(list) = by_user.get_mut(&rating.user) {
            list.push((rating.item, rating.value));
        }
    }
    let task = |&user: &u32| {
        let mut ratings = by_user.get(&user).filter(|ratings| ratings.len() >= 2)?.clone();
        ratings.shuffle(&mut stream(seed, Purpose::EvaluationTasks, user.into(), 0));
        let query = ratings.split_off(ratings.len() - QUERY.min(ratings.len() / 2));
        Some(TaskRows { user: encoded.users[user as usize].clone(), support: ratings, query })
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

/// From a task, and as many of its support ratings as are given, to its query's predicted ratings.
type Predict<'a> = dyn Fn(&TaskRows, &[(u32, f32)]) -> Vec<f32> + Sync + 'a;

/// Measures `model` and the baselines.
///
/// # Errors
/// Where there is nothing to measure on.
pub fn evaluate(model: &Model, encoded: &Encoded, tasks: &[TaskRows]) -> anyhow::Result<Vec<Row>> {
    ensure!(!tasks.is_empty(), "no tasks to measure on: name some with --tasks, or validation_users in the split");
    let averages = Averages::of(encoded);
    let mut rows = Vec::new();
    let mut measure = |contender: &str, predict: &Predict| {
        for answers in ANSWERS {
            let predicted: Vec<Vec<f32>> =
                tasks.par_iter().map(|task| predict(task, &task.support[..answers.min(task.support.len())])).collect();
            let truth: Vec<Vec<f32>> = tasks.iter().map(|task| task.query.iter().map(|&(_, r)| r).collect()).collect();
            let pairs = predicted.iter().zip(&truth).map(|(p, t)| (p.as_slice(), t.as_slice()));
            let metrics = Metrics::of(pairs, encoded.scale.min, encoded.scale.max);
            let answers = (answers != usize::MAX).then_some(answers);
            rows.push(Row { contender: contender.into(), answers, metrics });
        }
    };
    for (baseline, name) in Baseline::ALL {
        measure(name, &|task, support| baseline.predict(&averages, support, &task.query));
    }
    measure("model", &|task, support| predict_task(model, &encoded.items, task, support));
    Ok(rows)
}
