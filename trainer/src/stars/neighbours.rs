//! Items whose ratings deviate alike.

use super::groups::{Groups, OfOwnItems};
use super::ratings::Ratings;
use crate::pairs::{Row, rows};
use crate::strongest::strongest;
use fewclicks_model::halves::Neighbours;
use rayon::prelude::*;
use std::ops::Range;

/// Number of ratings that shrink the bias of an item, and the offset of a user.
const BIAS_SHRINKAGE: (f64, f64) = (2.0, 5.0);

/// Number of rounds that fit biases and offsets.
const ROUNDS: usize = 8;

/// Number of common users that halves a similarity.
const SHRINKAGE: f32 = 20.0;

/// Users with more ratings count only by their first so many: they would cost the most and tell the least.
const MAX_RATINGS: usize = 2000;

/// Return the `count` items most similar to each: cosine of what biases and offsets leave of the ratings, times
/// n / (n + 20) for n common users.
pub fn neighbours(ratings: &Ratings, of_own_items: &OfOwnItems, count: usize, mean: f32) -> Neighbours {
    let residuals = Residuals::new(ratings, of_own_items, mean);
    let add = |row: &mut Row<(f32, u32)>, item: usize| {
        for (user, stars) in ratings.by_item.of(item) {
            let e = residuals.of(user, item, stars);
            for (other, stars) in ratings.by_user.of(user).take(MAX_RATINGS) {
                let (sum, common) = row.cell(other);
                *sum += e * residuals.of(user, other, stars);
                *common += 1;
            }
        }
    };
    let finish = |item: usize, row: Vec<(u32, (f32, u32))>| {
        let weigh = |(other, (sum, common)): (u32, (f32, u32))| {
            let norm = (residuals.squares[item] * residuals.squares[other as usize]).sqrt() + 1e-9;
            let shrunk = common as f32 / (common as f32 + SHRINKAGE);
            (other as usize != item && sum != 0.0).then_some((other, sum / norm * shrunk))
        };
        strongest(row.into_iter().filter_map(weigh).collect(), count, f32::abs)
    };
    let lists: Vec<Vec<(u32, f32)>> = rows(ratings.of_items.len(), &ratings.shard, add, finish);
    let mut neighbours = Neighbours::default();
    lists.iter().for_each(|list| neighbours.push(list));
    neighbours
}

/// Ratings less mean, bias and offset.
struct Residuals {
    mean: f32,
    biases: Vec<f32>,
    offsets: Vec<f32>,
    /// Σ e² of each item.
    squares: Vec<f32>,
}

impl Residuals {
    fn new(ratings: &Ratings, OfOwnItems { groups: by_item, own }: &OfOwnItems, mean: f32) -> Self {
        let Ratings { by_user, of_users, of_items, shard, .. } = ratings;
        let (mut biases, mut offsets) = (vec![0.0; of_items.len()], vec![0.0; of_users.len()]);
        let fit = |groups: &Groups, own: Range<usize>, others: &[f32], shrinkage: f64| -> Vec<f32> {
            let bias = |group: usize| {
                let sum: f64 = groups.of(group).map(|(other, y)| f64::from(y - mean - others[other])).sum();
                (sum / (groups.of(group).len() as f64 + shrinkage)) as f32
            };
            shard.gather(own.into_par_iter().map(bias).collect())
        };
        for _ in 0..ROUNDS {
            biases = fit(by_item, own.clone(), &offsets, BIAS_SHRINKAGE.0);
            offsets = fit(by_user, shard.users(), &biases, BIAS_SHRINKAGE.1);
        }
        let mut residuals = Self { mean, biases, offsets, squares: Vec::new() };
        let square = |item: usize| by_item.of(item).map(|(user, y)| residuals.of(user, item, y).powi(2)).sum();
        residuals.squares = shard.gather(own.clone().into_par_iter().map(square).collect());
        residuals
    }

    fn of(&self, user: usize, item: usize, stars: f32) -> f32 {
        stars - self.mean - self.biases[item] - self.offsets[user]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranks::Shard;
    use crate::stars::StarsData;

    #[test]
    fn items_that_are_liked_and_disliked_together_are_neighbours() {
        // Items 0 and 1 go together, 2 goes against them, 3 is rated 3 by all.
        let user = |u: usize| {
            let like = if u.is_multiple_of(2) { 5.0 } else { 1.0 };
            vec![(0, like), (1, like), (2, 6.0 - like), (3, 3.0)]
        };
        let users: Vec<Vec<(u32, f32)>> = (0..40).map(user).collect();
        let data = StarsData {
            users: &users,
            lens: &[4; 40],
            shard: &Shard::whole(40),
            items: 4,
            item_fields: &[],
            user_fields: &[],
        };
        let ratings = Ratings::new(data, &[]);
        let found = neighbours(&ratings, &ratings.of_own_items(), 2, 3.0);
        let of_first: Vec<(usize, f32)> = found.of(0).collect();
        let expected = 40.0 / 60.0;
        let (mut same, mut opposite) = (None, None);
        for (item, strength) in of_first {
            match item {
                1 => same = Some(strength),
                2 => opposite = Some(strength),
                other => panic!("{other}"),
            }
        }
        assert!((same.unwrap() - expected).abs() < 0.02, "{same:?}");
        assert!((opposite.unwrap() + expected).abs() < 0.02, "{opposite:?}");
    }
}
