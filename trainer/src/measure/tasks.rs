//! Tasks to measure on: of held-out users, or of a file.

use crate::data::day;
use crate::data::tasks_file::{Lookup, TaskLine, TaskRows};
use crate::data::{DataError, Dataset, Feedback, Rating};
use crate::encode::Encoded;
use crate::rng::{Purpose, stream};
use crate::train::Loaded;
use anyhow::{bail, ensure};
use fewclicks_model::model::vocabulary::UNKNOWN;
use rand::seq::SliceRandom;
use std::collections::HashMap;

/// Maximum size of a held-out user's query set of ratings, or of their support set of picks.
const MAX_HELD_OUT: usize = 10;

/// Return a task per validation user with at least two ratings, or picks where `feedback` is picks, shuffled by `seed`. Of
/// ratings, at most half and at most 10 are the query set; of picks, at most half and at most 10 are the support set.
pub fn held_out_tasks(loaded: &Loaded, feedback: Feedback, seed: u64) -> Vec<TaskRows> {
    let Loaded { data, population, encoded, .. } = loaded;
    let mut by_user: HashMap<u32, Vec<(u32, f32)>> = population.validation.iter().map(|&u| (u, Vec::new())).collect();
    let counts = |rating: &&Rating| match feedback {
        Feedback::Ratings => true,
        Feedback::Picks => encoded.scale.is_like(rating.value),
    };
    for rating in data.ratings.iter().filter(counts) {
        if let Some(list) = by_user.get_mut(&rating.user) {
            list.push((rating.item, rating.value));
        }
    }
    let task = |&user: &u32| {
        let mut support = by_user.get(&user).filter(|ratings| ratings.len() >= 2)?.clone();
        support.shuffle(&mut stream(seed, Purpose::EvaluationTasks, user.into(), 0));
        let few = MAX_HELD_OUT.min(support.len() / 2);
        let query = support.split_off(match feedback {
            Feedback::Ratings => support.len() - few,
            Feedback::Picks => few,
        });
        Some(TaskRows { user: encoded.users[user as usize].clone(), support, query })
    };
    population.validation.iter().filter_map(task).collect()
}

/// Return a task per validation user who has ratings (or picks where `feedback` is picks) on both sides of the time `after`, in
/// milliseconds since 1970: those before it are the support set, in the order of their times, and the others the query set.
///
/// # Errors
/// Return an error if the data has no times, or no such user.
pub fn tasks_after(loaded: &Loaded, feedback: Feedback, after: i64) -> anyhow::Result<Vec<TaskRows>> {
    let Loaded { data, population, encoded, .. } = loaded;
    let (Some(first), Some(last)) = (data.times.iter().min(), data.times.iter().max()) else {
        bail!("the data {} has no times: name their column with time = \"…\" in schema.toml and train anew", data.name);
    };
    let mut by_user: HashMap<u32, Vec<(i64, u32, f32)>> =
        population.validation.iter().map(|&u| (u, Vec::new())).collect();
    for (rating, &time) in data.ratings.iter().zip(&data.times) {
        let counts = feedback == Feedback::Ratings || encoded.scale.is_like(rating.value);
        if let Some(list) = by_user.get_mut(&rating.user).filter(|_| counts) {
            list.push((time, rating.item, rating.value));
        }
    }
    let mut task = |&user: &u32| {
        let mut ratings = by_user.remove(&user)?;
        ratings.sort_by_key(|&(time, ..)| time);
        let mut support: Vec<(u32, f32)> = ratings.iter().map(|&(_, item, value)| (item, value)).collect();
        let query = support.split_off(ratings.partition_point(|&(time, ..)| time < after));
        let both = !support.is_empty() && !query.is_empty();
        both.then(|| TaskRows { user: encoded.users[user as usize].clone(), support, query })
    };
    let tasks: Vec<TaskRows> = population.validation.iter().filter_map(&mut task).collect();
    let [first, last] = [first, last].map(|&time| day(time));
    ensure!(
        !tasks.is_empty(),
        "no held-out user has ratings before and after {}: the times of the data are from {first} to {last}",
        day(after)
    );
    Ok(tasks)
}

/// Look up the tasks of a file in the data set. A user without `user_fields` who is not in the data has unknown fields.
///
/// # Errors
/// Return the errors of [`Lookup::tasks`].
pub fn look_up(lines: &[TaskLine], data: &Dataset, encoded: &Encoded) -> Result<Vec<TaskRows>, DataError> {
    let items = data.items.ids.iter().map(String::as_str);
    Lookup::new(items, &encoded.user_vocabularies, &encoded.scale, Some(&data.users)).tasks(lines)
}

/// Return the tasks with all fields of the users unknown.
pub fn anonymous(tasks: &[TaskRows]) -> Vec<TaskRows> {
    let nobody = |task: &TaskRows| TaskRows { user: vec![vec![UNKNOWN]; task.user.len()], ..task.clone() };
    tasks.iter().map(nobody).collect()
}
