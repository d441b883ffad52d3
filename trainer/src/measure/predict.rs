//! Predicts with a bundle, as a browser would.

use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset};
use crate::metrics::PickMetrics;
use anyhow::Context;
use fewclicks_model::bundle::{Bundle, MANIFEST, Manifest};
use fewclicks_model::model::Model;
use fewclicks_model::model::rank::{TieBreak, top_k};
use fewclicks_model::network::parameters::Parameters;
use fewclicks_model::network::task::{Examples, Items};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashSet;
use std::path::Path;

/// Reads the bundle in `folder`.
///
/// # Errors
/// Names the file, the field and the rule that is broken.
pub fn read_bundle(folder: &Path) -> anyhow::Result<Bundle> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path)
            .with_context(|| format!("cannot read {}: expected a folder that `trainer export` wrote", path.display()))
    };
    let manifest = read(MANIFEST)?;
    let sound = || format!("the bundle in {} is not sound", folder.display());
    let named = Manifest::parse(&manifest).with_context(sound)?;
    Bundle::read(&manifest, &read(&named.weights.file)?, &read(&named.catalogue.file)?).with_context(sound)
}

/// What is predicted for one task.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Prediction {
    /// The ratings of the query's items, in order.
    Ratings(Vec<f32>),
    /// The items that a model of picks recommends, best first, without the support's.
    Picks(Vec<ItemId>),
}

/// An item's id as task files write it: digits as a number, anything else as a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ItemId {
    Number(u64),
    Text(String),
}

impl ItemId {
    fn of(id: &str) -> Self {
        match id.parse::<u64>() {
            // Not 007: as a number it would be another id.
            Ok(number) if number.to_string() == id => Self::Number(number),
            _ => Self::Text(id.to_owned()),
        }
    }
}

/// Predicts each task's query after its first `answers` support ratings. Users who bring no `user_fields` are looked up
/// in `data`, if there is any.
///
/// # Errors
/// As [`Lookup::tasks`].
pub fn predict(
    bundle: &Bundle,
    tasks: &[TaskLine],
    answers: usize,
    data: Option<&Dataset>,
) -> Result<Vec<Prediction>, DataError> {
    let Bundle { model, items, user_vocabularies, catalogue, .. } = bundle;
    let ids: Vec<String> = (0..catalogue.len()).map(|position| catalogue.item(position).id).collect();
    let lookup =
        Lookup::new(ids.iter().map(String::as_str), user_vocabularies, &model.scale, data.map(|data| &data.users));
    let predict = |task: &TaskRows| {
        let support = task.given(answers);
        if !model.update.learns_picks() {
            return Prediction::Ratings(predict_task(model, items, task, support));
        }
        let listed = rank_task(model, items, task, support).into_iter();
        Prediction::Picks(listed.map(|item| ItemId::of(&ids[item as usize])).collect())
    };
    Ok(lookup.tasks(tasks)?.par_iter().map(predict).collect())
}

/// Predicted ratings of a task's query items after `support`, positions and ratings; `items` is the whole catalogue.
pub fn predict_task<P: Parameters>(
    model: &Model<P>,
    items: &Items,
    task: &TaskRows,
    support: &[(u32, f32)],
) -> Vec<f32> {
    let query = items.select(task.query.iter().map(|&(item, _)| item as usize));
    let expected = model.predict(&task.user, examples(model, items, support), query).expect(LAID_OUT);
    expected.into_iter().map(|rating| model.read_out(rating)).collect()
}

/// The [`PickMetrics::LISTED`] best items after `support`, best first, without any of the task's support set.
pub fn rank_task<P: Parameters>(model: &Model<P>, items: &Items, task: &TaskRows, support: &[(u32, f32)]) -> Vec<u32> {
    best(&scores(model, items, task, support), &task.support)
}

/// The score of every item of a model of picks after `support`.
pub fn scores<P: Parameters>(model: &Model<P>, items: &Items, task: &TaskRows, support: &[(u32, f32)]) -> Vec<f32> {
    let nothing = Examples::nothing(&model.layout).items;
    let adapted = model.adapt(&task.user, examples(model, items, support), nothing).expect(LAID_OUT);
    model.predict_all(&adapted, None)
}

/// The [`PickMetrics::LISTED`] items with the highest scores, best first, without those of `support`.
pub fn best(scores: &[f32], support: &[(u32, f32)]) -> Vec<u32> {
    let asked: HashSet<usize> = support.iter().map(|&(item, _)| item as usize).collect();
    let open = |item: usize| !asked.contains(&item);
    top_k(scores, &open, PickMetrics::LISTED, TieBreak { seed: 0 }).into_iter().map(|item| item as u32).collect()
}

const LAID_OUT: &str = "a part of a laid-out model can be laid out";

/// What was answered, positions and ratings, as the local update reads it.
pub fn examples<P: Parameters>(model: &Model<P>, items: &Items, support: &[(u32, f32)]) -> Examples {
    let rated: Vec<(usize, f32)> = support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
    model.support(items, &rated)
}
