//! Predicts with a bundle, as a browser would.

use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset};
use crate::metrics::PickMetrics;
use crate::predict::{Predictor, best, predict_task};
use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::Bundle;
use rayon::prelude::*;
use serde::Serialize;

/// The prediction for a task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Prediction {
    /// Ratings of the query items, in their order.
    Ratings(Vec<f32>),
    /// Recommended items, best first, without those of the support set.
    Picks(Vec<ItemId>),
}

/// An item's id as task files write it: digits as a number, anything else as a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ItemId {
    /// An id of digits.
    Number(u64),
    /// Any other id.
    Text(String),
}

impl ItemId {
    fn of(id: &str) -> Self {
        match id.parse::<u64>() {
            // `007` stays a text: as a number it would be another id.
            Ok(number) if number.to_string() == id => Self::Number(number),
            _ => Self::Text(id.to_owned()),
        }
    }
}

/// What is predicted for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Ratings as they are shown, or for picks the list.
    Shown,
    /// Expected ratings, without read-out; for picks the list.
    Mean,
    /// The list, sorted as a visitor's is.
    List,
}

/// Predict what is `wanted` for each task after its first `answers` support ratings. A list is varied by `variety`, 0 to 1, and
/// leaves out all items of the task's support set. Users without `user_fields` are looked up in `data`, if given.
///
/// # Errors
/// Return the errors of [`Lookup::tasks`].
pub fn predict(
    bundle: &Bundle,
    tasks: &[TaskLine],
    answers: usize,
    wanted: Wanted,
    variety: f32,
    data: Option<&Dataset>,
) -> Result<Vec<Prediction>, DataError> {
    let Bundle { model, user_vocabularies, catalogue, .. } = bundle;
    let ids: Vec<String> = (0..catalogue.len()).map(|position| catalogue.id(position).to_owned()).collect();
    let lookup =
        Lookup::new(ids.iter().map(String::as_str), user_vocabularies, model.scale(), data.map(|data| &data.users));
    let predict = |task: &TaskRows| {
        let support = task.given(answers);
        match (wanted, Predictor::feedback(model)) {
            (Wanted::Shown, Feedback::Ratings) => Prediction::Ratings(predict_task(model, task, support)),
            (Wanted::Mean, Feedback::Ratings) => {
                Prediction::Ratings(model.ratings(&task.user, support, &task.query_items()))
            }
            (Wanted::List, _) | (_, Feedback::Picks) => {
                let scores = Predictor::scores(model, &task.user, support);
                let listed: Vec<usize> = best(&scores, &task.support).into_iter().map(|item| item as usize).collect();
                let listed = model.vary(&scores, listed, PickMetrics::LISTED, variety);
                Prediction::Picks(listed.into_iter().map(|item| ItemId::of(&ids[item])).collect())
            }
        }
    };
    Ok(lookup.tasks(tasks)?.par_iter().map(predict).collect())
}
