//! Gaussian posteriors of the factors of users or items, and their update given the other side's.

use super::groups::Groups;
use crate::ranks::{Shard, TOGETHER};
use rayon::prelude::*;
use std::ops::Range;

/// The posterior means and covariances of one side. A covariance is stored as its lower triangle, row by row.
#[derive(Clone, Debug)]
pub struct Factors {
    /// The number of factors, the offset included.
    pub size: usize,
    /// Means, (entities × size).
    pub means: Vec<f32>,
    /// Covariances of the entities of this rank, (entities × size·(size + 1)/2).
    pub covariances: Vec<f32>,
    /// The entities whose covariances this rank has.
    own: Range<usize>,
}

impl Factors {
    /// Create factors of `entities`, all zero.
    pub fn new(entities: usize, size: usize) -> Self {
        Self::of_own(entities, 0..entities, size)
    }

    /// As [`Factors::new`], with the covariances of `own` entities alone.
    pub fn of_own(entities: usize, own: Range<usize>, size: usize) -> Self {
        Self { size, means: vec![0.0; entities * size], covariances: vec![0.0; own.len() * triangle(size)], own }
    }

    /// Return the number of entities.
    pub fn len(&self) -> usize {
        self.means.len() / self.size
    }

    /// Return the mean of an entity.
    pub fn mean(&self, entity: usize) -> &[f32] {
        &self.means[entity * self.size..][..self.size]
    }

    /// Return the covariance of an entity of this rank, its lower triangle.
    pub fn covariance(&self, entity: usize) -> &[f32] {
        &self.covariances[(entity - self.own.start) * triangle(self.size)..][..triangle(self.size)]
    }

    /// Return the variance of each dimension of the entities of this rank, (entities × size).
    pub fn variances(&self) -> Vec<f32> {
        let of_entity = |entity| (0..self.size).map(move |d| self.covariance(entity)[triangle(d + 1) - 1]);
        self.own.clone().flat_map(of_entity).collect()
    }

    /// Replace the posteriors of this side, given `other`: with a = [1, q] of each rating,
    /// P = prior precision + Σ (a aᵀ + Cov q)/σ², P·mean = prior precision·prior mean + Σ (a·e − Cov(b, q))/σ², where e is
    /// the rating less μ and the other side's offset. `prior` has a mean per entity and one precision, (size × size). Only the
    /// entities of this rank are replaced, of whom it has all ratings.
    pub fn update(&mut self, groups: &Groups, other: &Factors, prior: &Prior, noise: Noise) {
        let (size, triangle) = (self.size, triangle(self.size));
        let own = self.own.clone();
        let means = self.means[own.start * size..own.end * size].par_chunks_mut(size);
        let sides = means.zip(self.covariances.par_chunks_mut(triangle));
        sides.enumerate().with_min_len(16).for_each_init(
            || Posterior::new(size),
            |posterior, (index, (mean, covariance))| {
                let entity = own.start + index;
                posterior.start(prior, entity);
                for (index, stars) in groups.of(entity) {
                    posterior.observe(other.mean(index), other.covariance(index), stars, noise);
                }
                posterior.finish(mean, covariance);
            },
        );
    }

    /// As [`Factors::update`] of all entities, of which this rank has the ratings of its own users.
    pub fn update_in_turn(&mut self, groups: &Groups, other: &Factors, prior: &Prior, noise: Noise, shard: &Shard) {
        let size = self.size;
        let start = |entity: usize| {
            let mut posterior = Posterior::new(size);
            posterior.start(prior, entity);
            posterior.sums()
        };
        let add = |entity: usize, sums: Vec<f64>| {
            let mut posterior = Posterior::of_sums(&sums, size);
            for (index, stars) in groups.of(entity) {
                posterior.observe(other.mean(index), other.covariance(index), stars, noise);
            }
            posterior.sums()
        };
        let finish = |_, sums: Vec<f64>| {
            let (mut mean, mut covariance) = (vec![0.0; size], vec![0.0; triangle(size)]);
            Posterior::of_sums(&sums, size).finish(&mut mean, &mut covariance);
            (mean, covariance)
        };
        let posteriors = shard.each_in_turn((groups.len(), AT_ONCE), start, add, finish);
        (self.means, self.covariances) = (Vec::new(), Vec::new());
        for (mean, covariance) in posteriors {
            self.means.extend(mean);
            self.covariances.extend(covariance);
        }
    }

    /// Return the mean of (mean − prior mean)(mean − prior mean)ᵀ + covariance over the entities that `counts`, (size × size). The
    /// entities of a rank are those of `shard`.
    pub fn spread(&self, prior_means: &[f32], counts: impl Fn(usize) -> bool + Sync, shard: &Shard) -> Vec<f64> {
        let size = self.size;
        let partial = |chunk: usize| {
            let (mut sum, mut entities) = (vec![0.0; size * size], 0.0);
            for entity in (chunk * CHUNK..self.len().min((chunk + 1) * CHUNK)).filter(|&entity| counts(entity)) {
                let d: Vec<f64> = (self.mean(entity).iter().zip(&prior_means[entity * size..]))
                    .map(|(&mean, &prior)| f64::from(mean) - f64::from(prior))
                    .collect();
                let covariance = self.covariance(entity);
                for i in 0..size {
                    for j in 0..=i {
                        sum[i * size + j] += d[i] * d[j] + f64::from(covariance[triangle(i) + j]);
                    }
                }
                entities += 1.0;
            }
            (sum, entities)
        };
        let chunks = shard.gather(own_chunks(shard).into_par_iter().map(partial).collect());
        let entities = chunks.iter().map(|(_, entities)| entities).sum::<f64>().max(1.0);
        let mut mean = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                let sum: f64 = chunks.iter().map(|(sum, _)| sum[i * size + j]).sum();
                (mean[i * size + j], mean[j * size + i]) = (sum / entities, sum / entities);
            }
        }
        mean
    }
}

/// The number of entities whose sums are added up together, whatever the number of threads and ranks.
const CHUNK: usize = TOGETHER;

/// The number of entities whose sums a rank hands on at a time.
const AT_ONCE: usize = 1024;

/// Return the chunks of the entities of this rank.
fn own_chunks(shard: &Shard) -> Range<usize> {
    let Range { start, end } = shard.users();
    start.div_ceil(CHUNK)..end.div_ceil(CHUNK)
}

/// The prior of one side.
#[derive(Clone, Debug)]
pub struct Prior {
    /// The mean of each entity, (entities × size).
    pub means: Vec<f32>,
    /// The precision, (size × size).
    pub precision: Vec<f64>,
}

/// The model of a rating's noise.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    /// μ, the mean of all ratings.
    pub mean: f32,
    /// σ², the variance of the noise.
    pub variance: f64,
}

/// Return the number of numbers in the lower triangle of a matrix.
pub fn triangle(size: usize) -> usize {
    size * (size + 1) / 2
}

/// A posterior that is being computed.
struct Posterior {
    size: usize,
    /// The lower triangle of the precision, then of its Cholesky factor; (size × size).
    precision: Vec<f64>,
    /// Precision times mean.
    right: Vec<f64>,
    /// The inverse of the Cholesky factor, lower triangle; (size × size).
    inverse: Vec<f64>,
    /// [1, q].
    a: Vec<f64>,
}

impl Posterior {
    fn new(size: usize) -> Self {
        let square = || vec![0.0; size * size];
        Self { size, precision: square(), right: vec![0.0; size], inverse: square(), a: vec![1.0; size] }
    }

    /// Start from the prior of an entity.
    fn start(&mut self, prior: &Prior, entity: usize) {
        let mean = &prior.means[entity * self.size..][..self.size];
        self.precision.copy_from_slice(&prior.precision);
        for (right, row) in self.right.iter_mut().zip(prior.precision.chunks_exact(self.size)) {
            *right = row.iter().zip(mean).map(|(p, &m)| p * f64::from(m)).sum();
        }
    }

    /// Add a rating of an entity of the other side.
    fn observe(&mut self, other: &[f32], covariance: &[f32], stars: f32, noise: Noise) {
        let weight = 1.0 / noise.variance;
        let residual = f64::from(stars - noise.mean - other[0]);
        for (a, &x) in self.a[1..].iter_mut().zip(&other[1..]) {
            *a = f64::from(x);
        }
        for i in 0..self.size {
            let row = &mut self.precision[i * self.size..][..=i];
            let scaled = weight * self.a[i];
            self.right[i] += residual * scaled;
            let of_i = &covariance[triangle(i)..][..=i];
            if i > 0 {
                self.right[i] -= weight * f64::from(of_i[0]);
                row[0] += scaled;
                for ((p, &a), &c) in row[1..].iter_mut().zip(&self.a[1..]).zip(&of_i[1..]) {
                    *p += scaled * a + weight * f64::from(c);
                }
            } else {
                row[0] += scaled;
            }
        }
    }

    /// Return what has been added up: the lower triangle of the precision, then the precision times the mean.
    fn sums(&self) -> Vec<f64> {
        let rows = self.precision.chunks_exact(self.size).enumerate().flat_map(|(i, row)| &row[..=i]);
        rows.chain(&self.right).copied().collect()
    }

    /// Go on from what [`Posterior::sums`] has returned.
    fn of_sums(sums: &[f64], size: usize) -> Self {
        let mut posterior = Self::new(size);
        let (precision, right) = sums.split_at(triangle(size));
        for (i, row) in posterior.precision.chunks_exact_mut(size).enumerate() {
            row[..=i].copy_from_slice(&precision[triangle(i)..triangle(i + 1)]);
        }
        posterior.right.copy_from_slice(right);
        posterior
    }

    /// Write mean and covariance.
    fn finish(&mut self, mean: &mut [f32], covariance: &mut [f32]) {
        let size = self.size;
        cholesky(&mut self.precision, size);
        invert_lower(&self.precision, &mut self.inverse, size);
        let inverse = &self.inverse;
        // Covariance = L⁻ᵀ·L⁻¹ and mean = L⁻ᵀ·(L⁻¹·right).
        let half: Vec<f64> =
            (0..size).map(|i| inverse[i * size..][..=i].iter().zip(&self.right).map(|(l, r)| l * r).sum()).collect();
        for i in 0..size {
            mean[i] = (i..size).map(|k| inverse[k * size + i] * half[k]).sum::<f64>() as f32;
            for j in 0..=i {
                let sum: f64 = (i..size).map(|k| inverse[k * size + i] * inverse[k * size + j]).sum();
                covariance[triangle(i) + j] = sum as f32;
            }
        }
    }
}

/// Replace the lower triangle of a positive definite matrix by its Cholesky factor.
fn cholesky(matrix: &mut [f64], size: usize) {
    for j in 0..size {
        let (above, rest) = matrix.split_at_mut((j + 1) * size);
        let row_j = &mut above[j * size..];
        let left: f64 = row_j[..j].iter().map(|x| x * x).sum();
        row_j[j] = (row_j[j] - left).max(f64::EPSILON).sqrt();
        for row in rest.chunks_exact_mut(size) {
            let product: f64 = row[..j].iter().zip(&row_j[..j]).map(|(a, b)| a * b).sum();
            row[j] = (row[j] - product) / row_j[j];
        }
    }
}

/// Write the inverse of a lower triangular matrix.
fn invert_lower(lower: &[f64], inverse: &mut [f64], size: usize) {
    for j in 0..size {
        inverse[j * size + j] = 1.0 / lower[j * size + j];
        for i in j + 1..size {
            let sum: f64 = (j..i).map(|k| lower[i * size + k] * inverse[k * size + j]).sum();
            inverse[i * size + j] = -sum / lower[i * size + i];
        }
    }
}

/// Return the inverse of a positive definite matrix, (size × size).
pub fn invert(matrix: &[f64], size: usize) -> Vec<f64> {
    let (mut lower, mut inverse) = (matrix.to_vec(), vec![0.0; size * size]);
    cholesky(&mut lower, size);
    invert_lower(&lower, &mut inverse, size);
    let mut full = vec![0.0; size * size];
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = (i..size).map(|k| inverse[k * size + i] * inverse[k * size + j]).sum();
            (full[i * size + j], full[j * size + i]) = (sum, sum);
        }
    }
    full
}

/// Return the mean expected squared error of all ratings: of the difference to the mean prediction, plus the variance that
/// both sides' posteriors give it. `ratings` is the number of those of all ranks.
pub fn mean_squared_error(
    by_user: &Groups,
    (users, shard): (&Factors, &Shard),
    items: &Factors,
    mean: f32,
    ratings: usize,
) -> f64 {
    let of_user = |user: usize| -> f64 {
        by_user.of(user).map(|(item, stars)| expected_squared_error(users, user, items, item, stars - mean)).sum()
    };
    let chunk = |chunk: usize| (chunk * CHUNK..by_user.len().min((chunk + 1) * CHUNK)).map(of_user).sum::<f64>();
    let chunks: Vec<f64> = shard.gather(own_chunks(shard).into_par_iter().map(chunk).collect());
    chunks.iter().sum::<f64>() / ratings.max(1) as f64
}

fn expected_squared_error(users: &Factors, user: usize, items: &Factors, item: usize, stars: f32) -> f64 {
    let (p, q) = (users.mean(user), items.mean(item));
    let (p_cov, q_cov) = (users.covariance(user), items.covariance(item));
    let mut error = stars - p[0] - q[0];
    let mut variance = p_cov[0] + q_cov[0];
    for i in 1..users.size {
        error -= p[i] * q[i];
        let (p_row, q_row) = (&p_cov[triangle(i)..][..=i], &q_cov[triangle(i)..][..=i]);
        variance += 2.0 * (p_row[0] * q[i] + q_row[0] * p[i]);
        for j in 1..=i {
            let twice = if i == j { 1.0 } else { 2.0 };
            let (cp, cq) = (p_row[j], q_row[j]);
            variance += twice * (cp * q[i] * q[j] + cq * p[i] * p[j] + cp * cq);
        }
    }
    f64::from(error).powi(2) + f64::from(variance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posterior_with_certain_items_is_ridge_regression() {
        // One user, two items with known factors: minimise Σ (e − aᵀθ)²/σ² + θᵀΛθ.
        let users = Groups::by_user(&[vec![(0, 4.0), (1, 1.0)]], &[]);
        let mut items = Factors::new(2, 2);
        items.means = vec![0.5, 2.0, -0.5, 1.0];
        let prior = Prior { means: vec![0.0; 2], precision: vec![1.0, 0.0, 0.0, 4.0] };
        let noise = Noise { mean: 3.0, variance: 0.5 };
        let mut posterior = Factors::new(1, 2);
        posterior.update(&users, &items, &prior, noise);
        // P = [[1 + 4, 6], [6, 4 + 10]], right side = 2·[.5 − 1.5, 1 − 1.5].
        let (p, r) = ([[5.0, 6.0], [6.0, 14.0]], [-2.0, -1.0]);
        let det = p[0][0] * p[1][1] - p[0][1] * p[1][0];
        let expected = [(p[1][1] * r[0] - p[0][1] * r[1]) / det, (p[0][0] * r[1] - p[1][0] * r[0]) / det];
        for (found, expected) in posterior.mean(0).iter().zip(expected) {
            assert!((f64::from(*found) - expected).abs() < 1e-6, "{found} and {expected}");
        }
        for (found, expected) in posterior.covariance(0).iter().zip([14.0 / det, -6.0 / det, 5.0 / det]) {
            assert!((f64::from(*found) - expected).abs() < 1e-6, "{found} and {expected}");
        }
        let mut in_turn = Factors::new(1, 2);
        in_turn.update_in_turn(&users, &items, &prior, noise, &Shard::whole(1));
        assert_eq!((in_turn.means, in_turn.covariances), (posterior.means, posterior.covariances));
    }

    #[test]
    fn uncertain_factors_add_their_variance_to_the_squared_error() {
        // E(y − p₀ − q₀ − p₁q₁)² of independent numbers, by hand.
        let mut users = Factors::new(1, 2);
        (users.means, users.covariances) = (vec![0.2, 1.5], vec![0.1, 0.0, 0.3]);
        let mut items = Factors::new(1, 2);
        (items.means, items.covariances) = (vec![0.4, -0.5], vec![0.2, 0.0, 0.6]);
        let by_user = Groups::by_user(&[vec![(0, 4.0)]], &[]);
        let found = mean_squared_error(&by_user, (&users, &Shard::whole(1)), &items, 3.0, 1);
        let error: f64 = 1.0 - 0.2 - 0.4 + 1.5 * 0.5;
        let variance = 0.1 + 0.2 + (0.3 * 0.25 + 0.6 * 2.25 + 0.3 * 0.6);
        assert!((found - error.powi(2) - variance).abs() < 1e-6, "{found}");
    }

    #[test]
    fn the_inverse_times_the_matrix_is_the_identity() {
        let matrix = [4.0, 2.0, -1.0, 2.0, 5.0, 0.5, -1.0, 0.5, 3.0];
        let inverse = invert(&matrix, 3);
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| matrix[i * 3 + k] * inverse[k * 3 + j]).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
    }
}
