//! Predicts with a bundle, as a browser would.

use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset};
use crate::predict::{best, predict_task, rank_task};
use fewclicks_model::adapt::Feedback;
use fewclicks_model::bundle::Bundle;
use fewclicks_model::halves::Given;
use fewclicks_model::recommender::{Network, Recommender, Scores};
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

/// Predict each task's query set after its first `answers` support ratings. Users without `user_fields` are looked up
/// in `data`, if given.
///
/// # Errors
/// Return the errors of [`Lookup::tasks`].
pub fn predict(
    bundle: &Bundle,
    tasks: &[TaskLine],
    answers: usize,
    data: Option<&Dataset>,
) -> Result<Vec<Prediction>, DataError> {
    let Bundle { model, user_vocabularies, catalogue, .. } = bundle;
    let ids: Vec<String> = (0..catalogue.len()).map(|position| catalogue.id(position).to_owned()).collect();
    let lookup =
        Lookup::new(ids.iter().map(String::as_str), user_vocabularies, model.scale(), data.map(|data| &data.users));
    let predict = |task: &TaskRows| {
        let support = task.given(answers);
        match model.feedback() {
            Feedback::Ratings => Prediction::Ratings(match model {
                Recommender::Network(Network { model, items }) => predict_task(model, items, task, support),
                Recommender::Halves(_) => {
                    let scores = scores(model, task, support);
                    let shown = |&(item, _): &(u32, f32)| model.read_out(scores.rating(item as usize));
                    task.query.iter().map(shown).collect()
                }
            }),
            Feedback::Picks => {
                let listed = match model {
                    Recommender::Network(Network { model, items }) => rank_task(model, items, task, support),
                    Recommender::Halves(_) => best(&scores(model, task, support).list, &task.support),
                };
                Prediction::Picks(listed.into_iter().map(|item| ItemId::of(&ids[item as usize])).collect())
            }
        }
    };
    Ok(lookup.tasks(tasks)?.par_iter().map(predict).collect())
}

/// Return the scores of all items after `support`, positions and ratings.
fn scores(model: &Recommender, task: &TaskRows, support: &[(u32, f32)]) -> Scores {
    let given = |&(item, rating): &(u32, f32)| Given { item: item as usize, rating: Some(rating) };
    model.scores(&model.adapt(&task.user, &support.iter().map(given).collect::<Vec<_>>()))
}
