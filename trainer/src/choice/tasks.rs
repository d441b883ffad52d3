//! Tasks: a user's answers, split in a support set of few and a query set of likes.

use super::config::ChoiceConfig;
use super::data::{Answered, ChoiceData, LIKE};
use super::layout::MAX_ANSWERS;
use super::teacher::Teacher;
use crate::ranks;
use crate::rng::{Purpose, stream};
use fewclicks_model::model::vocabulary::UNKNOWN as UNKNOWN_VALUE;
use fewclicks_model::network::task::User;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// The weight of a level of a like in the query set: five stars count more than four.
const QUERY_WEIGHT: [f32; 2] = [1.0, 1.5];

/// The maximum number of answers of level 0.
const MAX_UNKNOWN: usize = 5;

/// The share of the tasks without answers.
const NO_ANSWERS: f64 = 0.1;

/// The share of the tasks in which each user field is hidden by itself.
const HIDE_FIELD: f64 = 0.1;

/// A user's task in a batch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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

/// A task of which the items of level 0 are not known yet.
struct Draft {
    /// The rows of user fields.
    fields: User,
    /// The items that the model adapts to, but for those of level 0.
    support: Vec<Answered>,
    /// The answers whose items may be those of level 0, by user and index.
    others: Vec<(u32, u32)>,
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
    /// Return the tasks of `users` in an epoch, whose weights sum to 1. Each rank draws those of its own users.
    pub fn batch(&self, users: &[u32], epoch: u64) -> Vec<Task> {
        let shard = self.data.shard;
        let own: Vec<usize> =
            (0..users.len()).filter(|&index| shard.users().contains(&(users[index] as usize))).collect();
        let drafts: Vec<Draft> = own.par_iter().map(|&index| self.draft(users[index], epoch)).collect();
        let mut items = self.items(drafts.iter().flat_map(|draft| draft.others.iter().copied()).collect()).into_iter();
        let items: Vec<Vec<u32>> =
            drafts.iter().map(|draft| items.by_ref().take(draft.others.len()).collect()).collect();
        let tasks = own.into_par_iter().zip(drafts).zip(items);
        let tasks = tasks.map(|((index, draft), items)| (index, self.task(users[index], draft, &items)));
        let mut tasks = shard.gather(tasks.collect());
        tasks.sort_unstable_by_key(|&(index, _)| index);
        let mut tasks: Vec<Task> = tasks.into_iter().map(|(_, task)| task).collect();
        let sum: f32 = tasks.iter().map(|task| task.weight).sum();
        tasks.iter_mut().for_each(|task| task.weight /= sum);
        tasks
    }

    /// Return the items of answers of any rank's users, each given by user and index.
    fn items(&self, wanted: Vec<(u32, u32)>) -> Vec<u32> {
        let shard = self.data.shard;
        let item = |&(user, index): &(u32, u32)| self.data.answers[user as usize][index as usize].0;
        if !shard.is_divided() {
            return wanted.iter().map(item).collect();
        }
        let wanted = ranks::gather(vec![wanted]);
        let before = wanted[..ranks::rank()].iter().map(Vec::len).sum();
        let count = wanted[ranks::rank()].len();
        let wanted: Vec<(u32, u32)> = wanted.concat();
        let own = (0..wanted.len()).filter(|&k| shard.users().contains(&(wanted[k].0 as usize)));
        let mut items = ranks::gather(own.map(|k| (k, item(&wanted[k]))).collect());
        items.sort_unstable_by_key(|&(k, _)| k);
        items.into_iter().skip(before).take(count).map(|(_, item)| item).collect()
    }

    /// Draw the task of `user`, who has at least one like.
    fn draft(&self, user: u32, epoch: u64) -> Draft {
        let mut rng = stream(self.seed, Purpose::Tasks, epoch, user.into());
        let support = self.support(self.data.answers[user as usize], &mut rng);
        let others = if rng.random_bool(self.config.unknown) { self.others(&mut rng) } else { Vec::new() };
        let anonymous = rng.random_bool(self.config.anonymous);
        let mut fields = self.data.users[user as usize].clone();
        for rows in &mut fields {
            if anonymous || rng.random_bool(HIDE_FIELD) {
                *rows = vec![UNKNOWN_VALUE];
            }
        }
        Draft { fields, support, others }
    }

    /// Return the task of `user`, given the items of [`Draft::others`], with the square root of the weight of the likes as its weight.
    fn task(&self, user: u32, Draft { fields, mut support, .. }: Draft, others: &[u32]) -> Task {
        let answers = self.data.answers[user as usize];
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
        for &item in others {
            if answers.iter().chain(&support).all(|&(known, _)| known != item) {
                support.push((item, 0));
            }
        }
        let given = |item: u32| support.iter().any(|&(other, _)| other == item);
        let target = self.teacher.mix(user as usize, target, self.config.teacher, given);
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

    /// Draw answers of other users, by user and index: of items that are as likely as they were answered.
    fn others(&self, rng: &mut ChaCha8Rng) -> Vec<(u32, u32)> {
        let wanted = rng.random_range(1..=MAX_UNKNOWN);
        let mut draw = |_| {
            let other = rng.random_range(0..self.data.lens.len());
            let len = self.data.lens[other] as usize;
            (len > 0).then(|| (other as u32, rng.random_range(0..len) as u32))
        };
        (0..wanted).filter_map(&mut draw).collect()
    }

    /// Return the users with a like and a further answer, in the order of an epoch.
    pub fn users(&self, epoch: u64) -> Vec<u32> {
        let mut users: Vec<u32> =
            (0..).zip(self.data.usable).filter(|(_, usable)| **usable).map(|(user, _)| user).collect();
        users.shuffle(&mut stream(self.seed, Purpose::Batches, epoch, 0));
        users
    }
}
