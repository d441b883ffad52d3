//! Measures a model and the baselines on tasks, after 0, 1, 3, 5, 10 and all answers.

use crate::baselines::{Averages, Baseline};
use crate::data::Dataset;
use crate::data::tasks_file::TaskLine;
use crate::encode::Encoded;
use crate::metrics::Metrics;
use crate::population::Population;
use crate::rng::{Purpose, stream};
use anyhow::{Context, ensure};
use fewclicks::examples::{Examples, User};
use fewclicks::model::Model;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Numbers of answers that are measured; the last stands for all.
const ANSWERS: [usize; 6] = [0, 1, 3, 5, 10, usize::MAX];

/// A held-out user's query set holds at most so many ratings, and at most half of them.
const QUERY: usize = 10;

/// One user to measure on, by rows of the data set.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationTask {
    pub user: User,
    pub support: Vec<(u32, f32)>,
    pub query: Vec<(u32, f32)>,
}

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
pub fn held_out_tasks(data: &Dataset, population: &Population, encoded: &Encoded, seed: u64) -> Vec<EvaluationTask> {
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
        Some(EvaluationTask { user: encoded.users[user as usize].clone(), support: ratings, query })
    };
    population.validation.iter().filter_map(task).collect()
}

/// Looks a task file's ids up. A user unknown to the data, or without `user_fields`, has unknown fields.
///
/// # Errors
/// Names the task and the id.
pub fn look_up(lines: &[TaskLine], data: &Dataset, encoded: &Encoded) -> anyhow::Result<Vec<EvaluationTask>> {
    let (items, users) = (data.items.rows(), data.users.rows());
    let task = |(number, line): (usize, &TaskLine)| {
        let rows = |ratings: &[(String, f32)]| -> anyhow::Result<Vec<(u32, f32)>> {
            let row = |(id, rating): &(String, f32)| {
                let row = items
                    .get(id.as_str())
                    .with_context(|| format!("task {}: item \"{id}\" is not in the data {}", number + 1, data.name))?;
                Ok((*row, *rating))
            };
            ratings.iter().map(row).collect()
        };
        let fields = |fields: &std::collections::BTreeMap<String, Vec<String>>| {
            let values = |name: &str| fields.get(name).into_iter().flatten().map(String::as_str);
            encoded.user_vocabularies.iter().map(|vocabulary| vocabulary.encode(values(vocabulary.name()))).collect()
        };
        let user = match (&line.user_fields, users.get(line.user.as_str())) {
            (Some(given), _) => fields(given),
            (None, Some(&row)) => encoded.users[row as usize].clone(),
            (None, None) => fields(&Default::default()),
        };
        Ok(EvaluationTask { user, support: rows(&line.support)?, query: rows(&line.query)? })
    };
    lines.iter().enumerate().map(task).collect()
}

/// From a task, and as many of its support ratings as are given, to its query's predicted ratings.
type Predict<'a> = dyn Fn(&EvaluationTask, &[(u32, f32)]) -> Vec<f32> + Sync + 'a;

/// Measures `model` and the baselines.
///
/// # Errors
/// Where there is nothing to measure on.
pub fn evaluate(model: &Model, encoded: &Encoded, tasks: &[EvaluationTask]) -> anyhow::Result<Vec<Row>> {
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
    measure("model", &|task, support| predict(model, encoded, task, support));
    Ok(rows)
}

fn predict(model: &Model, encoded: &Encoded, task: &EvaluationTask, support: &[(u32, f32)]) -> Vec<f32> {
    let items = |ratings: &[(u32, f32)]| encoded.items.select(ratings.iter().map(|&(item, _)| item as usize));
    let labels = support.iter().map(|&(_, rating)| model.scale.label(rating, model.update.loss)).collect();
    let support = Examples { items: items(support), labels };
    model.predict(&task.user, support, items(&task.query)).expect("a part of a laid-out model can be laid out")
}
