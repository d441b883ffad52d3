//! The stars half: a hierarchical Bayesian factor model.
//!
//! A rating of item i in stars, 1 to 5, is y = μ + bᵢ + θ·[1, qᵢ] + ε with ε ~ N(0, σ²). A visitor's factors θ have the
//! prior N(m, Λ⁻¹), where m is the sum of a row per user field and of what it tells that items were rated at all:
//! Σ_j y_j / (|S| + κ). An item's own factors have posterior variances vᵢ, so that its rating weighs 1 / (σ² + vᵢ). The
//! local update is the posterior of θ: P = Λ + Σ a aᵀ/(σ² + v), θ = P⁻¹(Λm + Σ a(y − μ − b)/(σ² + v)) with a = [1, q].
//!
//! What ratings leave unexplained moves an item's neighbours: + Σ s·e / (Σ |s| + .3) over the rated items. The audience
//! term, g·αᵢ, corrects for who rates an item, as far as nothing is known of the visitor: g is the posterior variance of
//! their offset, as a share of the prior's.

use super::neighbours::Neighbours;
use super::table::Table;
use crate::math::cholesky::Cholesky;
use crate::math::matrix::{add, dot, owned};
use crate::model::readout::Readout;
use crate::network::task::User;

/// The number that shrinks the mean of few neighbours' residuals.
const NEIGHBOUR_SHRINKAGE: f32 = 0.3;

/// The number of items in a block of predictions.
const BLOCK: usize = 256;

/// The stars half.
#[derive(Clone, Debug, PartialEq)]
pub struct Stars {
    /// μ, the mean.
    pub mean: f32,
    /// σ², the variance of the noise.
    pub noise: f32,
    /// bᵢ, (items).
    pub bias: Vec<f32>,
    /// qᵢ, (items × factors).
    pub vectors: Table,
    /// vᵢ, the posterior variances of items, (items).
    pub variance: Vec<f32>,
    /// αᵢ, the audience term, (items).
    pub audience: Vec<f32>,
    /// y_j, by which rated items move the prior mean, (items × factors + 1).
    pub context: Table,
    /// κ, which shrinks the mean of few rows of `context`.
    pub context_shrinkage: f32,
    /// Λ, (factors + 1 × factors + 1), row-major.
    pub precision: Vec<f32>,
    /// The prior mean by user field, (rows × factors + 1) each; row 0 is for unknown values.
    pub user_fields: Vec<Table>,
    /// The neighbours of a rated item, with strengths s from −1 to 1.
    pub neighbours: Neighbours,
    /// The weight of what neighbours add.
    pub neighbour_weight: f32,
    /// The function from the expected rating in stars to the stars to show; `None` for the identity.
    pub readout: Option<Readout>,
}

/// The stars half after the local update.
#[derive(Clone, Debug, PartialEq)]
pub struct StarsFor {
    /// θ, (factors + 1).
    pub factors: Vec<f32>,
    /// P⁻¹, the posterior covariance of θ, (factors + 1 × factors + 1), row-major.
    pub covariance: Vec<f32>,
    /// g, the posterior variance of the offset as a share of the prior's, 0 to 1.
    pub offset_share: f32,
    /// The sums Σ s·e and Σ |s| by item; empty without neighbours or ratings.
    pub residuals: Vec<(f32, f32)>,
}

impl Stars {
    /// Return the number of numbers in θ: a factor each, and the offset.
    fn size(&self) -> usize {
        self.vectors.width() + 1
    }

    /// Do the local update for `user` on `rated`: positions of items, and stars.
    ///
    /// # Panics
    /// Where an item lies outside the catalogue, or a row of `user` outside its table.
    pub fn adapt(&self, user: &User, rated: &[(usize, f32)]) -> StarsFor {
        let size = self.size();
        let prior = self.prior_mean(user, rated);
        let mut precision = self.precision.clone();
        let mut right: Vec<f32> = precision.chunks_exact(size).map(|row| dot(row, &prior)).collect();
        let directions: Vec<Vec<f32>> = rated.iter().map(|&(item, _)| self.direction(item)).collect();
        for (a, &(item, stars)) in directions.iter().zip(rated) {
            let weight = 1.0 / (self.noise + self.variance[item]);
            let residual = stars - self.mean - self.bias[item];
            for ((row, right), &x) in precision.chunks_exact_mut(size).zip(&mut right).zip(a) {
                row.iter_mut().zip(a).for_each(|(p, &y)| *p += weight * x * y);
                *right += weight * residual * x;
            }
        }
        let factor = Cholesky::new(owned(size, size, precision));
        let factors = factor.solve(right);
        let covariance = inverse(&factor, size);
        let mut unit = vec![0.0; size];
        unit[0] = 1.0;
        let before = Cholesky::new(owned(size, size, self.precision.clone())).solve(unit)[0];
        let mut residuals = Vec::new();
        if self.neighbour_weight != 0.0 && !rated.is_empty() {
            residuals.resize(self.bias.len(), (0.0, 0.0));
            for (a, &(item, stars)) in directions.iter().zip(rated) {
                let left = stars - self.mean - self.bias[item] - dot(a, &factors);
                for (other, strength) in self.neighbours.of(item) {
                    residuals[other].0 += strength * left;
                    residuals[other].1 += strength.abs();
                }
            }
        }
        StarsFor { offset_share: covariance[0] / before, factors, covariance, residuals }
    }

    /// Return [1, qᵢ].
    pub fn direction(&self, item: usize) -> Vec<f32> {
        let mut a = vec![1.0];
        a.extend_from_slice(self.vectors.rows(item..item + 1, &mut Vec::new()));
        a
    }

    /// Return m, the prior mean of θ.
    fn prior_mean(&self, user: &User, rated: &[(usize, f32)]) -> Vec<f32> {
        let mut mean = vec![0.0; self.size()];
        for &(item, _) in rated {
            add(&mut mean, &self.context.row(item));
        }
        let shrinkage = rated.len() as f32 + self.context_shrinkage;
        mean.iter_mut().for_each(|x| *x /= shrinkage);
        for (table, rows) in self.user_fields.iter().zip(user) {
            for &row in rows {
                add(&mut mean, &table.row(row as usize));
            }
        }
        mean
    }

    /// Return the expected stars of every item. They may lie outside 1 to 5.
    ///
    /// # Panics
    /// Where `adapted` is of another model.
    pub fn expect_all(&self, adapted: &StarsFor) -> Vec<f32> {
        let mut expected = Vec::with_capacity(self.bias.len());
        let mut buffer = Vec::new();
        for start in (0..self.bias.len()).step_by(BLOCK) {
            let block = start..self.bias.len().min(start + BLOCK);
            let vectors = self.vectors.rows(block.clone(), &mut buffer);
            for (item, q) in block.zip(vectors.chunks_exact(self.vectors.width())) {
                expected.push(self.expect_from(adapted, item, q));
            }
        }
        expected
    }

    /// Return the expected stars of the item at a position. They may lie outside 1 to 5.
    ///
    /// # Panics
    /// Where the item lies outside the catalogue, or `adapted` is of another model.
    pub fn expect(&self, adapted: &StarsFor, item: usize) -> f32 {
        self.expect_from(adapted, item, self.vectors.rows(item..item + 1, &mut Vec::new()))
    }

    /// Return the expected stars of the item at a position, whose factors are `q`.
    fn expect_from(&self, adapted: &StarsFor, item: usize, q: &[f32]) -> f32 {
        let StarsFor { factors, offset_share, residuals, .. } = adapted;
        let local = residuals.get(item).map_or(0.0, |(sum, size)| sum / (size + NEIGHBOUR_SHRINKAGE));
        self.mean
            + self.bias[item]
            + factors[0]
            + dot(&factors[1..], q)
            + offset_share * self.audience[item]
            + self.neighbour_weight * local
    }

    /// Return the stars to show for `expected` stars.
    pub fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }
}

/// Return the inverse of a factored symmetric matrix, row-major.
fn inverse(factor: &Cholesky<f32>, size: usize) -> Vec<f32> {
    let mut inverse = Vec::with_capacity(size * size);
    for i in 0..size {
        let mut unit = vec![0.0; size];
        unit[i] = 1.0;
        inverse.extend(factor.solve(unit));
    }
    inverse
}
