//! Measures a model and the baselines on tasks, after 0, 1, 3, 5, 10 and all answers.

use super::contender::{Contender, Role};
use super::outcome::{ALL, Setting};
use super::rows::Row;
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::predict::Predictor;
use crate::train::Loaded;
use anyhow::ensure;

/// Numbers of answers that are measured.
pub const ANSWERS: [usize; 6] = [0, 1, 3, 5, 10, ALL];

/// Name of the model among the contenders.
pub const MODEL: &str = "model";

/// Measure a model on `tasks`; `encoded` is what it was trained on.
///
/// # Errors
/// Return an error if there are no tasks.
pub fn measure(predictor: Box<dyn Predictor>, encoded: &Encoded, tasks: &[TaskRows]) -> anyhow::Result<Vec<Row>> {
    let feedback = predictor.feedback();
    rows(&[Contender::model(MODEL, Role::Model, predictor, encoded)], feedback, encoded, tasks)
}

/// Measure a model and baselines fitted to the same training data.
///
/// # Errors
/// Return the errors of [`measure`].
pub fn compare(
    predictor: Box<dyn Predictor>,
    loaded: &Loaded,
    tasks: &[TaskRows],
    seed: u64,
) -> anyhow::Result<Vec<Row>> {
    let feedback = predictor.feedback();
    let mut contenders = Contender::baselines(loaded, feedback, seed);
    contenders.push(Contender::model(MODEL, Role::Model, predictor, &loaded.encoded));
    rows(&contenders, feedback, &loaded.encoded, tasks)
}

fn rows(
    contenders: &[Contender],
    feedback: Feedback,
    encoded: &Encoded,
    tasks: &[TaskRows],
) -> anyhow::Result<Vec<Row>> {
    ensure!(!tasks.is_empty(), "no tasks to measure on: name some with --tasks, or validation_users in the split");
    let setting = Setting { contenders, feedback, scale: (encoded.scale.min, encoded.scale.max) };
    Ok(setting.rows(&setting.outcomes(|_| tasks, &ANSWERS)))
}
