//! How the stars half places items without ratings: by their fields.

use super::audience::ItemMeans;
use super::context::Context;
use super::factors::triangle;
use super::fit::Fit;
use super::tune::Tuning;

/// What items without ratings are in the stars half, by the rows of their fields.
#[derive(Clone, Debug, PartialEq)]
pub struct StarsOfNew {
    /// For each field a table with the factors [b, q] and the mean rating less μ that each of its rows adds,
    /// (rows × factors + 2); row 0 is for unknown values.
    pub tables: Vec<Vec<f32>>,
    /// The same of an item without fields, (factors + 2).
    pub base: Vec<f32>,
    /// v, the variance of an item.
    pub variance: f32,
    /// The weight of the audience term.
    pub audience: f32,
    /// The row of `context` of an item whose bias is 0, and what a bias of 1 adds, (factors + 1) each.
    pub context: [Vec<f32>; 2],
}

impl StarsOfNew {
    /// Take what a fit says; `rows` are the numbers of rows of the fields.
    pub(super) fn new(
        fit: &Fit,
        means: &ItemMeans,
        context: &Context,
        tuning: Tuning,
        rows: &[usize],
        seed: u64,
    ) -> Self {
        let size = fit.items.size;
        let (factors, base) = fit.item_tables(rows);
        let (means, mean) = means.tables(rows);
        let joined = |factors: &[f32], means: &[f32]| -> Vec<f32> {
            factors
                .chunks_exact(size)
                .zip(means)
                .flat_map(|(factors, &mean)| factors.iter().copied().chain([mean]))
                .collect()
        };
        let covariance = fit.anonymous_covariance();
        let mut of_item = vec![0.0; triangle(size)];
        (0..size).for_each(|d| of_item[triangle(d + 1) - 1] = (1.0 / fit.item_precision[d]) as f32);
        let none = || vec![0.0; size];
        Self {
            tables: factors.iter().zip(&means).map(|(factors, means)| joined(factors, means)).collect(),
            base: joined(&base, &mean),
            variance: super::assemble::variance(&of_item, &covariance, size),
            audience: tuning.audience,
            context: tuning.context.map_or_else(|| [none(), none()], |ridge| context.of_new(fit, ridge.into(), seed)),
        }
    }
}
