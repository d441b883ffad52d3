//! Users who are left out of fitting, to choose a baseline's settings on.

use crate::rng::{Purpose, stream};
use rand::seq::SliceRandom;

/// Numbers of answers that settings are chosen for.
pub(super) const ANSWERS: [usize; 4] = [1, 3, 5, 10];

/// Users to choose on: a tenth of the training users, within these bounds and at most half.
const MIN_USERS: usize = 300;
const MAX_USERS: usize = 1_000;

/// Return the training users to choose settings and fit read-outs on, drawn by `seed` from those with at least two
/// ratings.
pub fn tuning_users(ratings: &[Vec<(u32, f32)>], seed: u64) -> Vec<usize> {
    let mut users: Vec<usize> = (0..ratings.len()).filter(|&user| ratings[user].len() >= 2).collect();
    let count = (users.len() / 10).clamp(MIN_USERS, MAX_USERS).min(users.len() / 2);
    users.shuffle(&mut stream(seed, Purpose::Tuning, 0, 0));
    users.truncate(count);
    users
}

/// Return the ratings with those of `users` removed.
pub fn without_users(ratings: &[Vec<(u32, f32)>], users: &[usize]) -> Vec<Vec<(u32, f32)>> {
    let mut rest = ratings.to_vec();
    users.iter().for_each(|&user| rest[user].clear());
    rest
}

/// A support and a query set of a user's ratings.
pub(super) struct TuningTask {
    pub user: usize,
    pub support: Vec<(u32, f32)>,
    pub query: Vec<(u32, f32)>,
}

/// Return a task with `answers` support ratings for each of `users` who has more.
pub(super) fn tuning_tasks(ratings: &[Vec<(u32, f32)>], users: &[usize], answers: usize, seed: u64) -> Vec<TuningTask> {
    let enough = users.iter().copied().filter(|&user| ratings[user].len() > answers);
    let task = |user: usize| {
        let mut support = ratings[user].clone();
        support.shuffle(&mut stream(seed, Purpose::Tuning, 1, user as u64));
        let query = support.split_off(answers);
        TuningTask { user, support, query }
    };
    enough.map(task).collect()
}
