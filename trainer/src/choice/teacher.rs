//! The teacher: what EASE would recommend to a training user of whom it sees all likes.
//!
//! EASE (Steck 2019) reconstructs each like from all others. Its weights λ times squared weights beside squared errors.

use super::data::{Answered, ChoiceData, LIKE};
use crate::baselines::invert;
use crate::strongest::strongest;
use ndarray::Array2;
use rayon::prelude::*;

/// The maximum number of items that the teacher knows: the most liked.
pub const MAX_ITEMS: usize = 4096;

/// λ divided by the square root of the mean number of likes of an item.
const RIDGE: f32 = 50.0;

/// The maximum score: as sure as five stars and more.
const MAX_SCORE: f32 = 2.0;

/// The number of items whose rows are counted together.
const ROWS: usize = 256;

/// The highest number up to which numbers of 32 bits count every user.
const MAX_EXACT: u32 = 1 << 24;

/// The number of items that it names for a user.
const NAMED: usize = 256;

/// Scores of the teacher by user.
#[derive(Debug, Default)]
pub struct Teacher {
    /// For each user of this rank the items with the highest scores, in ascending order of items, with their scores; all above 0.
    users: Vec<Vec<(u32, f32)>>,
    /// The first user of this rank.
    first: usize,
    /// Whether the teacher knows each item.
    known: Vec<bool>,
}

impl Teacher {
    /// Fit the teacher.
    pub fn fit(data: ChoiceData) -> Self {
        let likes = data.likes();
        let mut by_likes: Vec<u32> = (0..data.items as u32).filter(|&item| likes[item as usize] > 0).collect();
        by_likes.sort_by_key(|&item| std::cmp::Reverse(likes[item as usize]));
        by_likes.truncate(MAX_ITEMS);
        by_likes.sort_unstable();
        let size = by_likes.len();
        let mut index = vec![None; data.items];
        (0..).zip(&by_likes).for_each(|(k, &item)| index[item as usize] = Some(k));
        let liked = |answers: &&[Answered]| -> Vec<(u16, f32)> {
            let likes = answers.iter().filter(|&&(_, level)| level >= LIKE);
            likes
                .filter_map(|&(item, level)| Some((index[item as usize]?, if level > LIKE { 1.5 } else { 1.0 })))
                .collect()
        };
        let own = data.shard.users();
        let users: Vec<Vec<(u16, f32)>> = data.answers[own.clone()].iter().map(liked).collect();
        let total = data.shard.total(users.iter().map(Vec::len).sum());
        let ridge = RIDGE * (total as f32 / size.max(1) as f32).sqrt();
        let mut users_of = vec![Vec::new(); size];
        for (user, likes) in (0u32..).zip(&users) {
            likes.iter().for_each(|&(item, _)| users_of[usize::from(item)].push(user));
        }
        let mut gram = Array2::<f32>::zeros((size, size));
        for first in (0..size).step_by(ROWS) {
            let mut both = vec![0u32; size * ROWS.min(size - first)];
            both.par_chunks_mut(size).zip(&users_of[first..]).for_each(|(row, users_of)| {
                for &user in users_of {
                    users[user as usize].iter().for_each(|&(other, _)| row[usize::from(other)] += 1);
                }
            });
            data.shard.sum(&mut both);
            let rows = gram.as_slice_mut().expect("row-major")[first * size..].chunks_exact_mut(size);
            for (item, (row, both)) in (first..).zip(rows.zip(both.chunks_exact(size))) {
                row.iter_mut().zip(both).for_each(|(x, &both)| *x = both.min(MAX_EXACT) as f32);
                row[item] += ridge;
            }
        }
        invert(&mut gram);
        let diagonal: Vec<f32> = gram.diag().iter().map(|x| -1.0 / x).collect();
        let score = |user: usize| {
            let mut sums = vec![0.0f32; size];
            for &(item, weight) in &users[user] {
                // The weight of an item to itself is 0.
                let item = usize::from(item);
                let own = sums[item];
                sums.iter_mut().zip(gram.row(item)).for_each(|(sum, p)| *sum += weight * p);
                sums[item] = own;
            }
            let scores = sums.iter().zip(&diagonal).map(|(sum, factor)| (sum * factor).min(MAX_SCORE));
            let named = by_likes.iter().copied().zip(scores).filter(|&(_, score)| score > 0.0).collect();
            let mut named = strongest(named, NAMED, |score| score);
            named.sort_unstable_by_key(|&(item, _)| item);
            named
        };
        let users = (0..users.len()).into_par_iter().map(score).collect();
        Self { users, first: own.start, known: index.iter().map(Option::is_some).collect() }
    }

    /// Return `likes` of a user of this rank with a share of what the teacher knows replaced by its scores, but for items that are
    /// `given`, and divided by the sum. Both lists are in ascending order of items.
    pub fn mix(&self, user: usize, likes: Vec<(u32, f32)>, share: f32, given: impl Fn(u32) -> bool) -> Vec<(u32, f32)> {
        let mut scores: Vec<(u32, f32)> = self.users.get(user - self.first).cloned().unwrap_or_default();
        scores.retain(|&(item, _)| !given(item));
        let sum = |list: &[(u32, f32)]| list.iter().map(|&(_, x)| x).sum::<f32>();
        let total = sum(&likes);
        let known: f32 = likes.iter().filter(|&&(item, _)| self.knows(item)).map(|&(_, x)| x).sum();
        if scores.is_empty() || known == 0.0 || share == 0.0 {
            return likes.into_iter().map(|(item, x)| (item, x / total)).collect();
        }
        let factor = share * known / (sum(&scores) * total);
        let kept = likes.iter().map(|&(item, x)| (item, if self.knows(item) { 1.0 - share } else { 1.0 } * x / total));
        let mut mixed: Vec<(u32, f32)> = kept.chain(scores.iter().map(|&(item, x)| (item, x * factor))).collect();
        mixed.sort_by_key(|&(item, _)| item);
        mixed.dedup_by(|b, a| {
            let same = a.0 == b.0;
            a.1 += if same { b.1 } else { 0.0 };
            same
        });
        mixed
    }

    fn knows(&self, item: u32) -> bool {
        self.known.get(item as usize) == Some(&true)
    }
}
