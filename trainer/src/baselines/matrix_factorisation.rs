//! Matrix factorisation by alternating least squares (Koren, Bell and Volinsky 2009; Zhou et al. 2008), with ridge
//! fold-in of new users.

use super::baseline::{RatingBaseline, Ratings};
use super::biases::Biases;
use super::least_squares::{half_step, initial, solve, transpose};
use fewclicks_model::network::task::User;
use ndarray::{Array1, Array2, Axis, concatenate, s};

/// Factors per user and item.
const FACTORS: usize = 16;

/// Weight of the squared factors beside squared errors, which are in units of the residuals' variance.
const RIDGE: f32 = 12.0;

const SWEEPS: usize = 10;

/// Predicts mean + item bias + user offset + inner product of user and item factors. The factors of an item without
/// ratings are zero.
pub struct MatrixFactorisation {
    biases: Biases,
    /// Root mean square of the residuals of the biases.
    spread: f32,
    /// Diagonal matrix of the ridge penalties of a user's factors and, last, of the offset.
    prior: Array2<f32>,
    /// Factors of each item and, last, a 1, which is multiplied by the user's offset.
    items: Array2<f32>,
}

impl MatrixFactorisation {
    /// Fit factors to the residuals of `biases`.
    pub fn fit(ratings: Ratings, biases: Biases) -> Self {
        let mut prior = Array1::from_elem(FACTORS + 1, RIDGE);
        prior[FACTORS] = Biases::NEW_USER_SHRINKAGE;
        let items = with_ones(initial(ratings.items, FACTORS));
        let mut model = Self { spread: spread(ratings, &biases), biases, prior: Array2::from_diag(&prior), items };
        let residuals: Vec<_> = ratings.users.iter().map(|user| model.residuals(user)).collect();
        for _ in 0..SWEEPS {
            let users = half_step(model.prior.view(), 1.0, model.items.view(), &residuals);
            let (factors, offsets) = users.view().split_at(Axis(1), FACTORS);
            let left = residuals.iter().zip(offsets).map(|(user, &offset)| minus(user, offset)).collect::<Vec<_>>();
            let prior = model.prior.slice(s![..FACTORS, ..FACTORS]);
            model.items = with_ones(half_step(prior, 1.0, factors, &transpose(&left, ratings.items)));
        }
        model
    }

    /// Compute the residuals of the biases in units of `spread`, so that they do not depend on the scale.
    fn residuals(&self, ratings: &[(u32, f32)]) -> Vec<(u32, f32)> {
        let residual = |&(item, rating): &(u32, f32)| (item, (rating - self.biases.rating(item)) / self.spread);
        ratings.iter().map(residual).collect()
    }
}

fn with_ones(factors: Array2<f32>) -> Array2<f32> {
    concatenate![Axis(1), factors, Array2::ones((factors.nrows(), 1))]
}

fn minus(residuals: &[(u32, f32)], offset: f32) -> Vec<(u32, f32)> {
    residuals.iter().map(|&(item, residual)| (item, residual - offset)).collect()
}

/// Compute the root mean square of the residuals of `biases`; 1 if they are all zero.
fn spread(ratings: Ratings, biases: &Biases) -> f32 {
    let squares = ratings.users.iter().flatten().map(|&(item, rating)| f64::from(rating - biases.rating(item)).powi(2));
    let (sum, count) = squares.fold((0.0, 0usize), |(sum, count), square| (sum + square, count + 1));
    if sum > 0.0 { (sum / count as f64).sqrt() as f32 } else { 1.0 }
}

impl RatingBaseline for MatrixFactorisation {
    fn name(&self) -> &'static str {
        "matrix factorisation"
    }

    fn predict(&self, _user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let user = solve(self.prior.view(), 1.0, self.items.view(), &self.residuals(support));
        let liking = |item: u32| self.items.row(item as usize).dot(&user);
        query.iter().map(|&item| self.biases.rating(item) + self.spread * liking(item)).collect()
    }
}
