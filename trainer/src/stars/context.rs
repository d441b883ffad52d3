//! What it tells of a user that they rated certain items at all, whatever the ratings.
//!
//! The users who rated item j have, on average, certain factors: A_j = Σ_u (θ_u − θ̄) / (n_j + κ), shrunk by how much such
//! means vary beyond chance. A ridge regression of θ_u on the sums of a_j = [A_j, z(log n_j), b_j] over random subsets of
//! the user's items, without the user's own share in A_j, gives the matrix B. The prior mean is Σ_j B·a_j / (|S| + 10).

use super::fields::standardised_log_counts;
use super::fit::Fit;
use super::groups::OfOwnItems;
use crate::rng::{Purpose, stream};
use fewclicks_model::math::cholesky::Cholesky;
use ndarray::Array2;
use rand::seq::{IndexedRandom, SliceRandom};
use rayon::prelude::*;
use std::ops::Range;

/// The shrinkage of the mean over few items.
pub const SHRINKAGE: f32 = 10.0;

/// Sizes of the subsets.
const SUBSETS: [usize; 4] = [1, 3, 5, 10];

/// Number of subsets per user.
const DRAWS: u64 = 2;

/// Weight of z(log n).
const COUNT_WEIGHT: f32 = 0.1;

/// Users with fewer ratings are not regressed on.
const MIN_RATINGS: usize = 3;

/// The statistics of the users who rated each item.
#[derive(Clone, Debug)]
pub struct Context {
    /// a_j of each item, (items × size + 2).
    rows: Vec<f32>,
    /// The share of a user's own θ − θ̄ in A_j, (items × size).
    shares: Vec<f32>,
    /// θ̄.
    centre: Vec<f32>,
}

impl Context {
    /// Compute the statistics, given the ratings of the items that this rank sums up.
    pub fn new(fit: &Fit, OfOwnItems { groups, own }: &OfOwnItems) -> Self {
        let (size, users, ratings) = (fit.items.size, &fit.users, fit.ratings());
        let (centre, within) = moments(fit);
        let sum_of = |item: usize| -> Vec<f64> {
            let mut sum = vec![0.0; size];
            for (user, _) in groups.of(item) {
                let mean = users.mean(user).iter().zip(&centre);
                sum.iter_mut().zip(mean).for_each(|(sum, (x, c))| *sum += f64::from(x - c));
            }
            sum
        };
        let sums: Vec<Vec<f64>> = ratings.shard.gather(own.clone().into_par_iter().map(sum_of).collect());
        let shrinkage: Vec<f64> = (0..size).map(|d| within[d] / between(fit, &sums, within[d], d)).collect();
        let counts = standardised_log_counts(&ratings.of_items);
        let (mut rows, mut shares) = (Vec::new(), Vec::new());
        for (item, sum) in sums.iter().enumerate() {
            let n = f64::from(ratings.of_items[item]);
            rows.extend(sum.iter().zip(&shrinkage).map(|(sum, k)| (sum / (n + k)) as f32));
            rows.extend([COUNT_WEIGHT * counts[item], fit.items.mean(item)[0]]);
            shares.extend(shrinkage.iter().map(|k| (1.0 / (n + k)) as f32));
        }
        Self { rows, shares, centre }
    }

    /// Return the rows B·a_j, (items × size), with B fitted at the penalty `ridge`.
    pub fn fit(&self, fit: &Fit, ridge: f64, seed: u64) -> Vec<f32> {
        let weights = self.weights(fit, ridge, seed);
        self.rows.chunks_exact(fit.items.size + 2).flat_map(|a| row(&weights, a)).collect()
    }

    /// Return the row of an item without ratings whose bias is 0, and what a bias of 1 adds to it, (size) each.
    pub fn of_new(&self, fit: &Fit, ridge: f64, seed: u64) -> [Vec<f32>; 2] {
        let (weights, size) = (self.weights(fit, ridge, seed), fit.items.size);
        let mut ratings = fit.ratings().of_items.clone();
        ratings.push(0);
        let count = standardised_log_counts(&ratings)[ratings.len() - 1];
        [(COUNT_WEIGHT * count, 0.0), (0.0, 1.0)].map(|(count, bias)| {
            let mut a = vec![0.0; size];
            a.extend([count, bias]);
            row(&weights, &a)
        })
    }

    /// Return the rows of B at the penalty `ridge`, a row for each of the user's factors.
    fn weights(&self, fit: &Fit, ridge: f64, seed: u64) -> Vec<Vec<f64>> {
        let (size, shard) = (fit.items.size, &fit.ratings().shard);
        let width = size + 2;
        let sample = |index: usize| self.sample(fit, index / DRAWS as usize, (index as u64) % DRAWS, seed);
        let Range { start, end } = shard.users();
        let draws = start * DRAWS as usize..end * DRAWS as usize;
        let samples: Vec<_> = draws.into_par_iter().filter_map(sample).collect();
        let squares = shard.in_turn(vec![-0.0; width], |mut squares: Vec<f64>| {
            samples.iter().for_each(|(x, ..)| squares.iter_mut().zip(x).for_each(|(square, x)| *square += x * x));
            squares
        });
        let count = shard.total(samples.len()).max(1) as f64;
        let scales: Vec<f64> = squares.iter().map(|square| (square / count).sqrt() + 1e-9).collect();
        let start = (Array2::<f64>::zeros((width, width)), vec![vec![0.0; width]; size]);
        let (mut normal, right) = shard.in_turn(start, |(mut normal, mut right)| {
            for (x, user, weight) in &samples {
                let x: Vec<f64> = x.iter().zip(&scales).map(|(x, scale)| x / scale).collect();
                for i in 0..width {
                    let scaled = weight * x[i];
                    normal.row_mut(i).iter_mut().zip(&x).for_each(|(n, x)| *n += scaled * x);
                    for (right, &target) in right.iter_mut().zip(fit.users.mean(*user)) {
                        right[i] += scaled * f64::from(target);
                    }
                }
            }
            (normal, right)
        });
        normal.diag_mut().iter_mut().for_each(|x| *x += ridge);
        let factor = Cholesky::new(normal);
        right
            .into_iter()
            .map(|right| factor.solve(right).iter().zip(&scales).map(|(w, scale)| w / scale).collect())
            .collect()
    }

    /// Draw a subset of a user's items; return the mean of a_j without their own share, the user and a weight.
    fn sample(&self, fit: &Fit, user: usize, draw: u64, seed: u64) -> Option<(Vec<f64>, usize, f64)> {
        let (size, ratings) = (fit.items.size, fit.ratings().by_user.of(user));
        if ratings.len() < MIN_RATINGS {
            return None;
        }
        let mut rng = stream(seed, Purpose::StarsContext, user as u64, draw);
        let count = *SUBSETS.choose(&mut rng).expect("there are some");
        let weight = ratings.len() as f64 / (ratings.len() as f64 + 10.0);
        let mut items: Vec<usize> = ratings.map(|(item, _)| item).collect();
        let (subset, _) = items.partial_shuffle(&mut rng, count);
        let own: Vec<f32> = fit.users.mean(user).iter().zip(&self.centre).map(|(x, c)| x - c).collect();
        let mut sum = vec![0.0; size + 2];
        for &mut item in &mut *subset {
            let row = &self.rows[item * (size + 2)..][..size + 2];
            sum.iter_mut().zip(row).for_each(|(sum, &x)| *sum += f64::from(x));
            let shares = &self.shares[item * size..][..size];
            for ((sum, own), share) in sum.iter_mut().zip(&own).zip(shares) {
                *sum -= f64::from(own * share);
            }
        }
        let divisor = subset.len() as f64 + f64::from(SHRINKAGE);
        sum.iter_mut().for_each(|x| *x /= divisor);
        Some((sum, user, weight))
    }
}

/// Return B·a.
fn row(weights: &[Vec<f64>], a: &[f32]) -> Vec<f32> {
    weights.iter().map(|w| w.iter().zip(a).map(|(w, &a)| w * f64::from(a)).sum::<f64>() as f32).collect()
}

/// Return mean and variance of θ_u over all ratings, by dimension.
fn moments(fit: &Fit) -> (Vec<f32>, Vec<f64>) {
    let size = fit.items.size;
    let (mut sum, mut squares, mut count) = (vec![0.0; size], vec![0.0; size], 0.0);
    for (user, &n) in fit.ratings().of_users.iter().enumerate() {
        let n = f64::from(n);
        count += n;
        for (d, &x) in fit.users.mean(user).iter().enumerate() {
            sum[d] += n * f64::from(x);
            squares[d] += n * f64::from(x).powi(2);
        }
    }
    let count = f64::max(count, 1.0);
    let variance = (0..size).map(|d| (squares[d] / count - (sum[d] / count).powi(2)).max(1e-9)).collect();
    (sum.iter().map(|x| (x / count) as f32).collect(), variance)
}

/// Return how much the items' mean factors vary beyond chance, in dimension `d`.
fn between(fit: &Fit, sums: &[Vec<f64>], within: f64, d: usize) -> f64 {
    let (mut squares, mut ratings, mut items) = (0.0, 0.0, 0.0);
    for (item, sum) in sums.iter().enumerate() {
        let n = f64::from(fit.ratings().of_items[item]);
        if n >= 2.0 {
            squares += sum[d] * sum[d] / n;
            ratings += n;
            items += 1.0;
        }
    }
    ((squares - within * items) / f64::max(ratings, 1.0)).max(1e-6)
}
