//! Predicts with a bundle, as a browser would.

use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset};
use anyhow::Context;
use fewclicks::bundle::{Bundle, MANIFEST, Manifest};
use fewclicks::examples::{Examples, Items};
use fewclicks::model::Model;
use rayon::prelude::*;
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

/// Predicted ratings of each task's query items, after its first `answers` support ratings. Users who bring no
/// `user_fields` are looked up in `data`, if there is any.
///
/// # Errors
/// As [`Lookup::tasks`].
pub fn predict(
    bundle: &Bundle,
    tasks: &[TaskLine],
    answers: usize,
    data: Option<&Dataset>,
) -> Result<Vec<Vec<f32>>, DataError> {
    let Bundle { model, items, user_vocabularies, catalogue, .. } = bundle;
    let ids = catalogue.items.iter().map(|item| item.id.as_str());
    let lookup = Lookup::new(ids, user_vocabularies, &model.scale, data.map(|data| &data.users));
    let predict = |task: &TaskRows| predict_task(model, items, task, &task.support[..answers.min(task.support.len())]);
    Ok(lookup.tasks(tasks)?.par_iter().map(predict).collect())
}

/// Predicted ratings of a task's query items after `support`, positions and ratings; `items` is the whole catalogue.
pub fn predict_task(model: &Model, items: &Items, task: &TaskRows, support: &[(u32, f32)]) -> Vec<f32> {
    let select = |ratings: &[(u32, f32)]| items.select(ratings.iter().map(|&(item, _)| item as usize));
    let labels = support.iter().map(|&(_, rating)| model.scale.label(rating, model.update.loss)).collect();
    let support = Examples { items: select(support), labels };
    model.predict(&task.user, support, select(&task.query)).expect("a part of a laid-out model can be laid out")
}
