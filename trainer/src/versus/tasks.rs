//! Tasks that two bundles can both be measured on.

use crate::data::Dataset;
use crate::data::tasks_file::TaskLine;
use crate::encode::Population;
use crate::rng::{Purpose, stream};
use fewclicks_model::bundle::Bundle;
use rand::seq::SliceRandom;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// The maximum number of answers of a task.
const MAX_ANSWERS: usize = 10;

/// Draw a task of each user of `data` whom a run with this seed, and without a split, does not learn from.
pub fn of_data(data: &Dataset, source: &str, seed: u64) -> Vec<TaskLine> {
    let mut by_user: BTreeMap<u32, Vec<(String, f32)>> =
        Population::held_out_by_id(data, seed).validation.into_iter().map(|user| (user, Vec::new())).collect();
    for rating in &data.ratings {
        if let Some(ratings) = by_user.get_mut(&rating.user) {
            ratings.push((data.items.ids[rating.item as usize].clone(), rating.value));
        }
    }
    let file: Arc<Path> = Path::new(source).into();
    let task = |(user, mut support): (u32, Vec<(String, f32)>)| {
        support.shuffle(&mut stream(seed, Purpose::EvaluationTasks, user.into(), 0));
        let query = support.split_off(MAX_ANSWERS.min(support.len() / 2));
        let columns = data.users.columns.iter();
        let fields = columns.map(|column| (column.name.clone(), column.values[user as usize].clone())).collect();
        let id = data.users.ids[user as usize].clone();
        TaskLine { file: file.clone(), line: 0, user: id, support, query, user_fields: Some(fields) }
    };
    by_user.into_iter().filter(|(_, ratings)| ratings.len() > 1).map(task).collect()
}

/// Leave out the items that one of the bundles does not have, and tasks without a query then. Return the tasks, and how many
/// ratings were left out.
pub fn in_both(tasks: Vec<TaskLine>, bundles: [&Bundle; 2]) -> (Vec<TaskLine>, usize) {
    let [known, also] = bundles.map(|bundle| -> HashSet<&str> {
        (0..bundle.catalogue.len()).map(|position| bundle.catalogue.id(position)).collect()
    });
    let count = |tasks: &[TaskLine]| tasks.iter().map(|task| task.support.len() + task.query.len()).sum::<usize>();
    let before = count(&tasks);
    let mut kept = Vec::new();
    for mut task in tasks {
        let has = |(id, _): &(String, f32)| known.contains(id.as_str()) && also.contains(id.as_str());
        task.support.retain(has);
        task.query.retain(has);
        kept.extend((!task.query.is_empty()).then_some(task));
    }
    let left_out = before - count(&kept);
    (kept, left_out)
}
