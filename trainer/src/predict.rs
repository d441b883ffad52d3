//! Predicts for tasks with a model.

use crate::data::tasks_file::TaskRows;
use crate::metrics::PickMetrics;
use fewclicks_model::model::Model;
use fewclicks_model::model::rank::{TieBreak, top_k};
use fewclicks_model::network::parameters::Parameters;
use fewclicks_model::network::task::{Examples, Items};
use std::collections::HashSet;

/// Predict the ratings of a task's query items after `support`, positions and ratings; `items` is the catalogue.
pub fn predict_task<P: Parameters>(
    model: &Model<P>,
    items: &Items,
    task: &TaskRows,
    support: &[(u32, f32)],
) -> Vec<f32> {
    let query = items.select(task.query.iter().map(|&(item, _)| item as usize));
    let expected = model.predict(&task.user, examples(model, items, support), query);
    expected.into_iter().map(|rating| model.read_out(rating)).collect()
}

/// Return the [`PickMetrics::LISTED`] best items after `support`, best first, without any of the task's support set.
pub fn rank_task<P: Parameters>(model: &Model<P>, items: &Items, task: &TaskRows, support: &[(u32, f32)]) -> Vec<u32> {
    best(&scores(model, items, task, support), &task.support)
}

/// Return the score of every item after `support`, for a model that learns from picks.
pub fn scores<P: Parameters>(model: &Model<P>, items: &Items, task: &TaskRows, support: &[(u32, f32)]) -> Vec<f32> {
    let nothing = Examples::none(&model.layout).items;
    let adapted = model.adapt(&task.user, examples(model, items, support), nothing);
    model.predict_all(&adapted)
}

/// Return the [`PickMetrics::LISTED`] items with the highest scores, best first, without those of `support`.
pub fn best(scores: &[f32], support: &[(u32, f32)]) -> Vec<u32> {
    let asked: HashSet<usize> = support.iter().map(|&(item, _)| item as usize).collect();
    let open = |item: usize| !asked.contains(&item);
    top_k(scores, &open, PickMetrics::LISTED, TieBreak { seed: 0 }).into_iter().map(|item| item as u32).collect()
}

/// Return answers, positions and ratings, as the local update reads them.
fn examples<P: Parameters>(model: &Model<P>, items: &Items, support: &[(u32, f32)]) -> Examples {
    let rated: Vec<(usize, f32)> = support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
    model.support(items, &rated)
}
