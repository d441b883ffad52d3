//! Tasks: a user's answers, split in a support set of few and a query set of likes.

use super::config::ChoiceConfig;
use super::data::{Answered, ChoiceData, LIKE};
use super::held_out::is_usable;
use super::layout::MAX_ANSWERS;
use super::teacher::Teacher;
use crate::rng::{Purpose, stream};
use fewclicks_model::model::vocabulary::UNKNOWN as UNKNOWN_VALUE;
use fewclicks_model::network::task::User;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// The weight of a level of a like in the query set: five stars count more than four.
const QUERY_WEIGHT: [f32; 2] = [1.0, 1.5];

/// The maximum number of answers of level 0.
const MAX_UNKNOWN: usize = 5;

/// The share of the tasks without answers.
const NO_ANSWERS: f64 = 0.1;

/// The share of the tasks in which each user field is hidden by itself.
const HIDE_FIELD: f64 = 0.1;

/// A user's task in a batch.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// The rows of user fields.
    pub user: User,
    /// The items that the model adapts to, with their levels.
    pub support: Vec<(u32, u8)>,
    /// What should be chosen: items in ascending order, with shares that sum to 1.
    pub target: Vec<(u32, f32)>,
    /// The weight of the task in its batch.
    pub weight: f32,
}

/// Draws tasks from training users.
#[derive(Debug)]
pub struct TaskSource<'a> {
    /// The data.
    pub data: ChoiceData<'a>,
    /// How tasks are drawn.
    pub config: &'a ChoiceConfig,
    /// The teacher's part of the targets.
    pub teacher: &'a Teacher,
    /// The seed of the draws.
    pub seed: u64,
}

impl TaskSource<'_> {
    /// Return the tasks of `users` in an epoch, whose weights sum to 1.
    pub fn batch(&self, users: &[u32], epoch: u64) -> Vec<Task> {
        let mut tasks: Vec<Task> = users.par_iter().map(|&user| self.task(user, epoch)).collect();
        let sum: f32 = tasks.iter().map(|task| task.weight).sum();
        tasks.iter_mut().for_each(|task| task.weight /= sum);
        tasks
    }

    /// Return the task of `user`, who has at least one like, with the square root of the weight of the likes as its weight.
    fn task(&self, user: u32, epoch: u64) -> Task {
        let mut rng = stream(self.seed, Purpose::Tasks, epoch, user.into());
        let answers = self.data.answers[user as usize];
        let mut support = self.support(answers, &mut rng);
        let given = |item: u32| support.iter().any(|&(other, _)| other == item);
        let mut target: Vec<(u32, f32)> = answers
            .iter()
            .enumerate()
            .filter(|&(_, &(item, level))| level >= LIKE && !given(item))
            .map(|(k, &(item, level))| {
                (item, QUERY_WEIGHT[usize::from(level - LIKE)] * self.data.confidence(user as usize, k))
            })
            .collect();
        target.sort_unstable_by_key(|&(item, _)| item);
        let likes: f32 = target.iter().map(|&(_, weight)| weight).sum();
        if rng.random_bool(self.config.unknown) {
            self.add_unknown(answers, &mut support, &mut rng);
        }
        let given = |item: u32| support.iter().any(|&(other, _)| other == item);
        let target = self.teacher.mix(user as usize, target, self.config.teacher, given);
        let anonymous = rng.random_bool(self.config.anonymous);
        let mut fields = self.data.users[user as usize].clone();
        for rows in &mut fields {
            if anonymous || rng.random_bool(HIDE_FIELD) {
                *rows = vec![UNKNOWN_VALUE];
            }
        }
        Task { user: fields, support, target, weight: likes.sqrt() }
    }

    /// Draw up to [`MAX_ANSWERS`] of `answers`, at most half of them, that leave a like.
    fn support(&self, answers: &[Answered], rng: &mut ChaCha8Rng) -> Vec<Answered> {
        let size =
            if rng.random_bool(NO_ANSWERS) { 0 } else { rng.random_range(1..=MAX_ANSWERS).min(answers.len() / 2) };
        let mut shuffled = answers.to_vec();
        let (support, rest) = shuffled.partial_shuffle(rng, size);
        let mut support = support.to_vec();
        if !rest.iter().any(|&(_, level)| level >= LIKE) {
            let like = support.iter().position(|&(_, level)| level >= LIKE).expect("the user has a like");
            support.swap_remove(like);
        }
        support
    }

    /// Add answers of level 0 about items that the user has no answer about, as likely as they were answered.
    fn add_unknown(&self, answers: &[Answered], support: &mut Vec<Answered>, rng: &mut ChaCha8Rng) {
        let wanted = rng.random_range(1..=MAX_UNKNOWN);
        for _ in 0..wanted {
            let other = self.data.answers[rng.random_range(0..self.data.answers.len())];
            if other.is_empty() {
                continue;
            }
            let (item, _) = other[rng.random_range(0..other.len())];
            if answers.iter().chain(&*support).all(|&(known, _)| known != item) {
                support.push((item, 0));
            }
        }
    }

    /// Return the users with a like and a further answer, in the order of an epoch.
    pub fn users(&self, epoch: u64) -> Vec<u32> {
        let mut users: Vec<u32> =
            (0..).zip(self.data.answers).filter(|(_, answers)| is_usable(answers)).map(|(user, _)| user).collect();
        users.shuffle(&mut stream(self.seed, Purpose::Batches, epoch, 0));
        users
    }
}
