//! Tasks of users who are held out of training, to choose by.

use super::data::{Answered, ChoiceData, LIKE};
use crate::ranks;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::Choice;
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::task::User;
use rand::seq::SliceRandom;

/// The share of the users that is held out, the minimum and the maximum number of them, and the share that is never exceeded.
const SHARE: f64 = 0.05;
const MIN_USERS: usize = 200;
const MAX_USERS: usize = 2000;
const MAX_SHARE: f64 = 0.2;

/// The numbers of answers that are measured.
const ANSWERS: [usize; 5] = [1, 3, 5, 10, 20];

/// The number of answers and the maximum number of users in the curve of a training.
const CURVE_ANSWERS: usize = 5;
const CURVE_USERS: usize = 300;

/// The number of support sets that are drawn for each number of answers.
const DRAWS: usize = 500;

/// The length of a list.
pub const LISTED: usize = 10;

/// A held-out user, of whom the model is told `support`.
#[derive(Clone, Debug)]
pub struct HeldOutTask {
    /// The user, anonymous.
    pub user: User,
    /// Items and levels that the model adapts to.
    pub support: Vec<(usize, usize)>,
    /// The other likes.
    pub likes: Vec<usize>,
}

/// Return whether each user is held out: those with a like and a further answer may be.
pub fn hold_out(data: &ChoiceData, seed: u64) -> Vec<bool> {
    let mut users: Vec<usize> = (0..data.usable.len()).filter(|&user| data.usable[user]).collect();
    users.shuffle(&mut stream(seed, Purpose::Holdout, 0, 0));
    let share = |share: f64| (share * users.len() as f64) as usize;
    users.truncate(share(SHARE).clamp(MIN_USERS, MAX_USERS).min(share(MAX_SHARE)));
    let mut held_out = vec![false; data.usable.len()];
    users.into_iter().for_each(|user| held_out[user] = true);
    held_out
}

/// Return whether a user has a like, and a further answer to know it from.
pub fn is_usable(answers: &[Answered]) -> bool {
    answers.len() > 1 && answers.iter().any(|&(_, level)| level >= LIKE)
}

/// Return the tasks of each held-out user: several draws for each number of answers that leaves them half of theirs and a
/// like.
pub fn tasks(data: &ChoiceData, held_out: &[bool], seed: u64) -> Vec<Vec<HeldOutTask>> {
    let held_out: Vec<usize> = (0..held_out.len()).filter(|&user| held_out[user]).collect();
    let draws = DRAWS.div_ceil(held_out.len().max(1));
    let mut users = Vec::new();
    for (&user, answers) in held_out.iter().zip(data.shard.lists(data.answers, &held_out)) {
        let mut tasks = Vec::new();
        for draw in 0..draws as u64 {
            let mut shuffled = answers.clone();
            shuffled.shuffle(&mut stream(seed, Purpose::EvaluationTasks, user as u64, draw));
            for &count in ANSWERS.iter().filter(|&count| 2 * count <= answers.len()) {
                let (support, rest) = shuffled.split_at(count);
                let likes: Vec<usize> =
                    rest.iter().filter(|&&(_, level)| level >= LIKE).map(|&(item, _)| item as usize).collect();
                if !likes.is_empty() {
                    let support = support.iter().map(|&(item, level)| (item as usize, level.into())).collect();
                    let user = data.user_tables.iter().map(|_| vec![UNKNOWN]).collect();
                    tasks.push(HeldOutTask { user, support, likes });
                }
            }
        }
        users.push(tasks);
    }
    users
}

/// Return nDCG@10 of a model on held-out users, one task each, after at most 5 answers; `None` without such tasks.
pub fn mean_ndcg(choice: &Choice, users: &[Vec<HeldOutTask>]) -> Option<f64> {
    let after_few = |tasks: &&Vec<HeldOutTask>| tasks.iter().rfind(|task| task.support.len() <= CURVE_ANSWERS).cloned();
    let tasks: Vec<HeldOutTask> = users.iter().filter_map(|tasks| after_few(&tasks)).take(CURVE_USERS).collect();
    let measured: Vec<f64> = ranks::map(tasks.len(), |index| {
        let task = &tasks[index];
        let scores = choice.scores(&choice.adapt(&task.user, &task.support));
        let is_open = |(item, _): &(usize, f32)| task.support.iter().all(|(given, _)| given != item);
        ndcg(scores.into_iter().enumerate().filter(is_open).collect(), &task.likes)
    });
    (!measured.is_empty()).then(|| measured.iter().sum::<f64>() / measured.len() as f64)
}

/// Return nDCG@10 of `scores` of items, which need not be all, against the liked ones.
pub fn ndcg(mut scores: Vec<(usize, f32)>, likes: &[usize]) -> f64 {
    let by_score = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if scores.len() > LISTED {
        scores.select_nth_unstable_by(LISTED, by_score);
        scores.truncate(LISTED);
    }
    scores.sort_unstable_by(by_score);
    let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let hits = scores.iter().enumerate().filter(|(_, (item, _))| likes.contains(item));
    let ideal: f64 = (0..LISTED.min(likes.len())).map(discount).sum();
    hits.map(|(rank, _)| discount(rank)).sum::<f64>() / ideal
}
