//! Assembles the stars half from a fit and what was chosen.

use super::audience::{ItemMeans, audience, item_means};
use super::context::{self, Context};
use super::data::StarsData;
use super::factors::{invert, triangle};
use super::fields::Features;
use super::fit::Fit;
use super::neighbours::neighbours;
use super::of_new::StarsOfNew;
use super::tune::Tuning;
use fewclicks_model::halves::{Neighbours, Stars, Table};

/// The parts of the half that do not depend on what is chosen.
pub struct Parts {
    means: ItemMeans,
    audience: Vec<f32>,
    context: Context,
    /// The neighbours of each item; empty where none are wanted.
    pub neighbours: Neighbours,
}

impl Parts {
    pub fn new(fit: &Fit, data: StarsData, neighbours_of_each: usize) -> Self {
        let features = Features::of_items(data.item_fields, &fit.ratings().of_items);
        let of_own_items = fit.ratings().of_own_items();
        let means = item_means(fit, features, &of_own_items);
        Self {
            audience: audience(fit, &means.means),
            means,
            context: Context::new(fit, &of_own_items),
            neighbours: match neighbours_of_each {
                0 => Neighbours::default(),
                count => neighbours(fit.ratings(), &of_own_items, count, fit.noise.mean),
            },
        }
    }

    /// Assemble the half without user fields.
    pub fn assemble_for(&self, fit: &Fit, tuning: Tuning, seed: u64) -> Stars {
        let mut stars = plain(fit, tuning.precision);
        stars.audience = self.audience.iter().map(|a| tuning.audience * a).collect();
        if let Some(ridge) = tuning.context {
            stars.context = Table::new(fit.items.size, self.context.fit(fit, ridge.into(), seed));
        }
        if tuning.neighbours > 0.0 {
            stars.neighbours = self.neighbours.clone();
            stars.neighbour_weight = tuning.neighbours;
        }
        stars
    }

    /// Return how items without ratings are placed; `rows` are the numbers of rows of the items' fields.
    pub fn of_new(&self, fit: &Fit, tuning: Tuning, rows: &[usize], seed: u64) -> StarsOfNew {
        StarsOfNew::new(fit, &self.means, &self.context, tuning, rows, seed)
    }

    /// Assemble the half.
    pub fn assemble(&self, fit: &Fit, data: StarsData, tuning: Tuning, seed: u64) -> Stars {
        let fields = data.user_fields.first().map_or(0, Vec::len);
        let rows = |field: usize| {
            let rows = data.user_fields.iter().flat_map(|user| &user[field]);
            1 + rows.max().copied().unwrap_or(0) as usize
        };
        let rows: Vec<usize> = (0..fields).map(rows).collect();
        let tables = fit.user_fields.centred_tables(&rows);
        let user_fields = tables.into_iter().map(|table| Table::new(fit.items.size, table)).collect();
        Stars { user_fields, ..self.assemble_for(fit, tuning, seed) }
    }
}

/// Return the variance of the rating of an item by an anonymous visitor, given the lower triangle of the item's covariance and
/// the visitor's second moments.
pub fn variance(of_item: &[f32], of_visitor: &[f64], size: usize) -> f32 {
    let mut variance = f64::from(of_item[0]);
    for i in 1..size {
        for j in 1..=i {
            let twice = if i == j { 1.0 } else { 2.0 };
            variance += twice * f64::from(of_item[triangle(i) + j]) * of_visitor[i * size + j];
        }
    }
    variance as f32
}

/// The largest number of a prior precision Λ before its factor, which is at most 2.2: a bundle has none above 65,504.
const MAX_PRECISION: f64 = 25_000.0;

/// Return the inverse of a covariance. Where users differ so little that it would exceed [`MAX_PRECISION`], add the variance
/// 1/[`MAX_PRECISION`] to each dimension first.
fn bounded_inverse(mut covariance: Vec<f64>, size: usize) -> Vec<f64> {
    let inverse = invert(&covariance, size);
    if inverse.iter().all(|p| p.abs() <= MAX_PRECISION) {
        return inverse;
    }
    covariance.iter_mut().step_by(size + 1).for_each(|variance| *variance += 1.0 / MAX_PRECISION);
    invert(&covariance, size)
}

/// Return the half of a fit with its factors alone.
pub fn plain(fit: &Fit, precision: f32) -> Stars {
    let (size, items) = (fit.items.size, fit.items.len());
    let covariance = fit.anonymous_covariance();
    let variance = |item: usize| variance(fit.items.covariance(item), &covariance, size);
    Stars {
        mean: fit.noise.mean,
        noise: fit.noise.variance as f32,
        bias: (0..items).map(|item| fit.items.mean(item)[0]).collect(),
        vectors: Table::new(size - 1, (0..items).flat_map(|item| &fit.items.mean(item)[1..]).copied().collect()),
        variance: (0..items).map(variance).collect(),
        audience: vec![0.0; items],
        context: Table::new(size, vec![0.0; items * size]),
        context_shrinkage: context::SHRINKAGE,
        precision: bounded_inverse(covariance, size).iter().map(|&p| p as f32 * precision).collect(),
        user_fields: Vec::new(),
        neighbours: Neighbours::default(),
        neighbour_weight: 0.0,
        readout: None,
    }
}
