//! Predicts with a bundle, as a browser would.

use crate::data::Dataset;
use crate::data::tasks_file::TaskLine;
use anyhow::Context;
use fewclicks::bundle::{Bundle, MANIFEST, Manifest};
use fewclicks::examples::{Examples, User};
use fewclicks::features::Vocabulary;
use rayon::prelude::*;
use std::collections::HashMap;
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
/// Names the task and the item or rating that does not fit the bundle.
pub fn predict(
    bundle: &Bundle,
    tasks: &[TaskLine],
    answers: usize,
    data: Option<&Dataset>,
) -> anyhow::Result<Vec<Vec<f32>>> {
    let positions = bundle.catalogue.positions();
    let users = data.map(|data| Users { data, rows: data.users.rows() });
    let predict = |(number, task): (usize, &TaskLine)| {
        let support = &task.support[..answers.min(task.support.len())];
        let user = user(bundle, task, users.as_ref());
        let examples = examples(bundle, &positions, support);
        let query: anyhow::Result<Vec<usize>> = task.query.iter().map(|(id, _)| position(&positions, id)).collect();
        let context = || format!("task {} (user {})", number + 1, task.user);
        let query = bundle.items.select(query.with_context(context)?.into_iter());
        Ok(bundle.model.predict(&user, examples.with_context(context)?, query)?)
    };
    tasks.par_iter().enumerate().map(predict).collect()
}

/// A data set's users, by id.
struct Users<'a> {
    data: &'a Dataset,
    rows: HashMap<&'a str, u32>,
}

fn user(bundle: &Bundle, task: &TaskLine, users: Option<&Users>) -> User {
    let known = users.and_then(|users| Some((users.data, *users.rows.get(task.user.as_str())? as usize)));
    let rows = |vocabulary: &Vocabulary| {
        let values = match (&task.user_fields, known) {
            (Some(fields), _) => fields.get(vocabulary.name()),
            (None, Some((data, row))) => data.users.column(vocabulary.name()).map(|column| &column.values[row]),
            (None, None) => None,
        };
        vocabulary.encode(values.into_iter().flatten().map(String::as_str))
    };
    bundle.user_vocabularies.iter().map(rows).collect()
}

fn examples(
    bundle: &Bundle,
    positions: &HashMap<String, usize>,
    ratings: &[(String, f32)],
) -> anyhow::Result<Examples> {
    let model = &bundle.model;
    let mut items = Vec::with_capacity(ratings.len());
    let mut labels = Vec::with_capacity(ratings.len());
    for (id, rating) in ratings {
        let scale = &model.scale;
        anyhow::ensure!(
            (scale.min..=scale.max).contains(rating),
            "item {id} is rated {rating}, expected a number from {} to {}",
            scale.min,
            scale.max
        );
        items.push(position(positions, id)?);
        labels.push(scale.label(*rating, model.update.loss));
    }
    Ok(Examples { items: bundle.items.select(items.into_iter()), labels })
}

fn position(positions: &HashMap<String, usize>, id: &str) -> anyhow::Result<usize> {
    positions.get(id).copied().with_context(|| format!("item \"{id}\" is not in the bundle's catalogue"))
}
