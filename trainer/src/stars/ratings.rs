//! The ratings of a fit: those of this rank, and the numbers of those of all ranks.

use super::data::StarsData;
use super::groups::{Groups, OfOwnItems};
use crate::ranks::Shard;

/// The ratings of a fit.
#[derive(Debug)]
pub struct Ratings {
    /// The ratings of this rank by user.
    pub by_user: Groups,
    /// The ratings of this rank by item.
    pub by_item: Groups,
    /// The number of ratings of each user.
    pub of_users: Vec<u32>,
    /// The number of ratings of each item.
    pub of_items: Vec<u32>,
    /// The number of all ratings.
    pub count: usize,
    /// The users whose ratings this rank has.
    pub shard: Shard,
}

impl Ratings {
    /// Take the ratings of all users but `left_out`, ascending.
    pub fn new(data: StarsData, left_out: &[usize]) -> Self {
        let by_user = Groups::by_user(data.users, left_out);
        let by_item = Groups::by_item(&by_user, data.items);
        let mut of_users = data.lens.to_vec();
        left_out.iter().for_each(|&user| of_users[user] = 0);
        let mut of_items: Vec<u32> = (0..data.items).map(|item| by_item.of(item).len() as u32).collect();
        data.shard.sum(&mut of_items);
        let count = of_users.iter().map(|&count| count as usize).sum();
        Self { by_user, by_item, of_users, of_items, count, shard: data.shard.clone() }
    }

    /// Return the users with ratings.
    pub fn users(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.of_users.len()).filter(|&user| self.of_users[user] > 0)
    }

    /// Return the ratings of the items that this rank sums up.
    pub fn of_own_items(&self) -> OfOwnItems<'_> {
        self.by_item.of_own_items(&self.shard, &self.of_items)
    }

    /// Return the sum of `value` of all ratings, user by user.
    pub fn sum(&self, value: impl Fn(f32) -> f64) -> f64 {
        self.shard.in_turn(-0.0, |sum| self.by_user.stars().iter().fold(sum, |sum, &stars| sum + value(stars)))
    }
}
