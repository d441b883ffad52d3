//! The audience term: what an item's mean rating tells beyond its bias.
//!
//! The bias of an item is what remains of its ratings when each user's leaning is taken out. Of a visitor of whom nothing is
//! known, the item's plain mean is expected: its audience rates it. αᵢ = Mᵢ − bᵢ, with Mᵢ the empirical-Bayes mean of y − μ
//! given the item's fields, in which each user weighs as ten ratings at most.

use super::factors::Factors;
use super::fields::{Features, FieldPrior};
use super::fit::Fit;
use super::groups::OfOwnItems;
use super::ratings::Ratings;
use crate::ranks::Shard;

/// Number of rounds of EM.
const ROUNDS: usize = 12;

/// Return αᵢ of each item, given [`item_means`].
pub fn audience(fit: &Fit, means: &[f32]) -> Vec<f32> {
    let of_item = |(item, mean): (usize, &f32)| mean - fit.noise.mean - fit.items.mean(item)[0];
    means.iter().enumerate().map(of_item).collect()
}

/// The maximum weight of a user, in ratings: users with more ratings divide it among them, as each visitor counts once.
const MAX_WEIGHT: f64 = 10.0;

/// The empirical-Bayes means of items.
#[derive(Clone, Debug)]
pub struct ItemMeans {
    /// Mᵢ + μ of each item's ratings.
    pub means: Vec<f32>,
    prior: FieldPrior,
}

impl ItemMeans {
    /// Return what the items' fields say of Mᵢ: a table per field and the mean of an item without any.
    pub fn tables(&self, rows: &[usize]) -> (Vec<Vec<f32>>, Vec<f32>) {
        self.prior.tables(rows)
    }
}

/// Compute the empirical-Bayes mean of each item's ratings, given its fields and the ratings of the items that this rank sums up.
/// They do not depend on the rounds of `fit`.
pub fn item_means(fit: &Fit, features: Features, of_own_items: &OfOwnItems) -> ItemMeans {
    let Ratings { of_users, count, shard, .. } = fit.ratings();
    let OfOwnItems { groups, own } = of_own_items;
    let weights: Vec<f64> = of_users.iter().map(|&n| MAX_WEIGHT / f64::from(n).max(MAX_WEIGHT)).collect();
    let sums: Vec<(f64, f64)> =
        shard.gather(own.clone().map(|item| weighted(fit, groups.of(item), &weights)).collect());
    let add = |sum| groups.stars().iter().fold(sum, |sum, y| sum + f64::from(y - fit.noise.mean).powi(2));
    let variance = shard.in_turn(-0.0, add) / (*count).max(1) as f64;
    let (mut between, mut within) = ((0.1 * variance).max(1e-6), (0.9 * variance).max(1e-6));
    let mut prior = FieldPrior::new(features, 1, false);
    let mut means = Factors::new(sums.len(), 1);
    let all_items = Shard::whole(sums.len());
    for _ in 0..ROUNDS {
        let prior_means = prior.means();
        for (item, &(n, sum)) in sums.iter().enumerate() {
            let expected = f64::from(prior_means[item]);
            means.means[item] = (expected + (sum - n * expected) / (n + within / between)) as f32;
            means.covariances[item] = (within / (n + within / between)) as f32;
        }
        prior.fit((&means, &means.variances()), &prior_means, &[1.0 / between], |item| sums[item].0 > 0.0);
        let after = prior.means();
        between = means.spread(&after, |item| sums[item].0 > 0.0, &all_items)[0].max(1e-6);
        let (error, weight) = shard.in_turn((0.0, 0.0), |(mut error, mut weight)| {
            for item in own.clone() {
                for (user, y) in groups.of(item) {
                    let left = f64::from(y - fit.noise.mean - means.means[item]);
                    error += weights[user] * (left * left + f64::from(means.covariances[item]));
                    weight += weights[user];
                }
            }
            (error, weight)
        });
        within = (error / f64::max(weight, f64::MIN_POSITIVE)).max(1e-6);
    }
    ItemMeans { means: means.means.iter().map(|mean| mean + fit.noise.mean).collect(), prior }
}

/// Return the effective number of an item's ratings, (Σw)²/Σw², and the sum of y − μ that so many ratings of their weighted
/// mean have.
fn weighted(fit: &Fit, ratings: impl Iterator<Item = (usize, f32)>, weights: &[f64]) -> (f64, f64) {
    let (mut sum, mut squares, mut stars) = (0.0, 0.0, 0.0);
    for (user, y) in ratings {
        let weight = weights[user];
        (sum, squares, stars) =
            (sum + weight, squares + weight * weight, stars + weight * f64::from(y - fit.noise.mean));
    }
    if sum > 0.0 { (sum * sum / squares, stars * sum / squares) } else { (0.0, 0.0) }
}
