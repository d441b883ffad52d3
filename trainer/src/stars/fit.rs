//! Rounds of variational EM.

use super::data::StarsData;
use super::factors::{Factors, Noise, Prior, invert, mean_squared_error};
use super::fields::{Features, FieldPrior};
use super::ratings::Ratings;
use super::update::StarsStart;
use crate::ranks::Shard;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::Stars;
use rand::RngExt;
use std::sync::Arc;

/// Standard deviation of the items' factors at the start.
const INIT: f32 = 0.1;

/// The state of the variational EM.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Number of rounds done.
    pub rounds: usize,
    /// Noise of a rating.
    pub noise: Noise,
    /// Posteriors of users: offset and factors.
    pub users: Factors,
    /// Posteriors of items: bias and factors.
    pub items: Factors,
    /// Prior of users.
    pub user_prior: Prior,
    /// Precision of each dimension of the items' prior, λ.
    pub item_precision: Vec<f64>,
    /// The users' prior means from their fields.
    pub user_fields: FieldPrior,
    item_means: Vec<f32>,
    item_fields: FieldPrior,
    ratings: Arc<Ratings>,
}

/// How the stars half is fitted.
#[derive(Clone, Copy, Debug)]
pub struct FitConfig {
    /// Number of factors beside the offset.
    pub factors: usize,
    /// Seed of the start.
    pub seed: u64,
}

impl Fit {
    /// Start from factors that are small and random, of all users but `left_out`, ascending.
    pub fn start(data: StarsData, left_out: &[usize], config: FitConfig) -> Self {
        let size = config.factors + 1;
        let ratings = Ratings::new(data, left_out);
        let count = ratings.count.max(1) as f64;
        let mean = ratings.sum(f64::from) / count;
        let variance = ratings.sum(|y| (f64::from(y) - mean).powi(2)) / count;
        let variance = variance.max(1e-4);
        let mut items = Factors::new(data.items, size);
        let mut rng = stream(config.seed, Purpose::Factors, 0, 0);
        for item in 0..data.items {
            let rated = ratings.of_items[item] > 0;
            for d in 0..size {
                // The sum of twelve uniform numbers is close to normal.
                let normal = (0..12).map(|_| rng.random::<f32>()).sum::<f32>() - 6.0;
                items.means[item * size + d] = if rated && d > 0 { INIT * normal } else { 0.0 };
                let at = super::factors::triangle(d + 1) - 1;
                items.covariances[item * super::factors::triangle(size) + at] = 1e-3;
            }
        }
        let mut user_precision = vec![0.0; size * size];
        let mut item_precision = vec![1.0 / (0.05 * variance); size];
        (0..size).for_each(|d| user_precision[d * size + d] = 1.0 / 0.3);
        user_precision[0] = 1.0 / (0.15 * variance);
        item_precision[0] = 1.0 / (0.15 * variance);
        Self {
            rounds: 0,
            noise: Noise { mean: mean as f32, variance: 0.8 * variance },
            users: Factors::of_own(data.users.len(), data.shard.users(), size),
            user_prior: Prior { means: vec![0.0; data.users.len() * size], precision: user_precision },
            item_means: vec![0.0; data.items * size],
            item_precision,
            user_fields: FieldPrior::new(Features::of_users(data.user_fields), size, true),
            item_fields: FieldPrior::new(Features::of_items(data.item_fields, &ratings.of_items), size, false),
            items,
            ratings: Arc::new(ratings),
        }
    }

    /// Take items, noise and prior of a former fit; new items stay as they are.
    pub fn start_from(&mut self, start: &StarsStart) {
        let (size, Stars { bias, vectors, mean, noise, precision, .. }) = (self.items.size, &start.stars);
        for (item, former) in start.items.iter().enumerate() {
            if let Some(former) = *former {
                let means = &mut self.items.means[item * size..][..size];
                means[0] = bias[former];
                means[1..].copy_from_slice(&vectors.row(former));
            }
        }
        self.noise = Noise { mean: *mean, variance: f64::from(*noise) };
        self.user_prior.precision = precision.iter().map(|&p| f64::from(p / start.tuning.precision)).collect();
        // The precisions are learned from the first round on.
        self.rounds = 1;
    }

    /// Do a round: the posteriors of users, those of items, and what both tell of the priors and the noise.
    pub fn round(&mut self) {
        let size = self.items.size;
        let ratings = Arc::clone(&self.ratings);
        let (shard, all_items) = (&ratings.shard, Shard::whole(self.items.len()));
        self.users.update(&ratings.by_user, &self.items, &self.user_prior, self.noise);
        shard.complete(&mut self.users.means, size);
        if self.rounds > 0 {
            self.centre_offsets();
        }
        let has_rated = |user: usize| ratings.of_users[user] > 0;
        let is_rated = |item: usize| ratings.of_items[item] > 0;
        if self.rounds > 0 {
            let spread = self.users.spread(&self.user_prior.means, has_rated, shard);
            self.user_prior.precision = invert(&spread, size);
        }
        let prior = Prior { means: self.item_means.clone(), precision: diagonal(&self.item_precision) };
        match shard.is_divided() {
            true => self.items.update_in_turn(&ratings.by_item, &self.users, &prior, self.noise, shard),
            false => self.items.update(&ratings.by_item, &self.users, &prior, self.noise),
        }
        if self.rounds > 0 {
            let variances = self.items.variances();
            self.item_fields.fit((&self.items, &variances), &self.item_means, &self.item_precision, is_rated);
            self.item_means = self.item_fields.means();
            let spread = self.items.spread(&self.item_means, is_rated, &all_items);
            for (d, precision) in self.item_precision.iter_mut().enumerate() {
                *precision = 1.0 / spread[d * size + d].max(1e-6);
            }
            let marginal: Vec<f64> = marginal_precision(&self.user_prior.precision, size);
            let variances = shard.gather(self.users.variances());
            self.user_fields.fit((&self.users, &variances), &self.user_prior.means, &marginal, has_rated);
            self.user_prior.means = self.user_fields.means();
            let of_users = (&self.users, shard);
            let error = mean_squared_error(&ratings.by_user, of_users, &self.items, self.noise.mean, ratings.count);
            self.noise.variance = error.max(1e-6);
        }
        self.rounds += 1;
    }

    /// Move what users' offsets have in common into μ, so that they have the mean 0, which a visitor is expected to have.
    fn centre_offsets(&mut self) {
        let size = self.users.size;
        let rated: Vec<usize> = self.ratings.users().collect();
        let offset = |&user: &usize| f64::from(self.users.means[user * size] - self.user_prior.means[user * size]);
        let mean = (rated.iter().map(offset).sum::<f64>() / rated.len().max(1) as f64) as f32;
        rated.iter().for_each(|&user| self.users.means[user * size] -= mean);
        self.noise.mean += mean;
    }

    /// Return the covariance of θ of a user of whom nothing is known: the prior's, and that of the prior means.
    pub fn anonymous_covariance(&self) -> Vec<f64> {
        let size = self.users.size;
        let mut covariance = invert(&self.user_prior.precision, size);
        let rated: Vec<usize> = self.ratings.users().collect();
        for &user in &rated {
            let mean = &self.user_prior.means[user * size..][..size];
            for (row, &a) in covariance.chunks_exact_mut(size).zip(mean) {
                row.iter_mut().zip(mean).for_each(|(x, &b)| *x += f64::from(a * b) / rated.len() as f64);
            }
        }
        covariance
    }

    /// Return what the items' fields say of their means: a table per field and the mean of an item without any.
    pub fn item_tables(&self, rows: &[usize]) -> (Vec<Vec<f32>>, Vec<f32>) {
        self.item_fields.tables(rows)
    }

    /// Return the ratings that are fitted.
    pub fn ratings(&self) -> &Ratings {
        &self.ratings
    }
}

/// Return a diagonal matrix, row-major.
fn diagonal(numbers: &[f64]) -> Vec<f64> {
    let mut matrix = vec![0.0; numbers.len() * numbers.len()];
    numbers.iter().enumerate().for_each(|(d, &x)| matrix[d * (numbers.len() + 1)] = x);
    matrix
}

/// Return the precision of each dimension by itself.
fn marginal_precision(precision: &[f64], size: usize) -> Vec<f64> {
    invert(precision, size).iter().step_by(size + 1).map(|variance| 1.0 / variance).collect()
}
