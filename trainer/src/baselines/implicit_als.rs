//! Implicit ALS (Hu, Koren and Volinsky 2008, *Collaborative filtering for implicit feedback datasets*), with fold-in
//! of new users.

use super::baseline::PickBaseline;
use super::least_squares::{half_step, initial, solve, transpose};
use super::picks::Picks;
use ndarray::Array2;

/// Factors per user and item.
const FACTORS: usize = 64;

/// α: a pick has confidence 1 + α, ten times that of an item that was not picked.
const CONFIDENCE: f32 = 9.0;

/// Weight of the squared factors.
const RIDGE: f32 = 100.0;

const SWEEPS: usize = 10;

/// Predicts preferences, 1 for picks and 0 for other items, by inner products of user and item factors.
pub struct ImplicitAls {
    items: Array2<f32>,
    prior: Array2<f32>,
}

impl ImplicitAls {
    pub fn fit(picks: Picks) -> Self {
        let by_user: Vec<_> = picks.users.iter().map(|user| targets(user)).collect();
        let by_item = transpose(&by_user, picks.items);
        let mut items = initial(picks.items, FACTORS);
        for _ in 0..SWEEPS {
            let users = half_step(prior(&items).view(), CONFIDENCE, items.view(), &by_user);
            items = half_step(prior(&users).view(), CONFIDENCE, users.view(), &by_item);
        }
        Self { prior: prior(&items), items }
    }
}

/// Return the weighted targets of picks: preference 1 with confidence 1 + α.
fn targets(picks: &[u32]) -> Vec<(u32, f32)> {
    picks.iter().map(|&item| (item, 1.0 + CONFIDENCE)).collect()
}

/// Compute FᵀF + λI for `factors` F: the part of the normal equations that all rows share, from items with confidence
/// 1.
fn prior(factors: &Array2<f32>) -> Array2<f32> {
    factors.t().dot(factors) + RIDGE * Array2::eye(FACTORS)
}

impl PickBaseline for ImplicitAls {
    fn name(&self) -> &'static str {
        "implicit ALS"
    }

    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let user = solve(self.prior.view(), CONFIDENCE, self.items.view(), &targets(support));
        self.items.dot(&user).to_vec()
    }
}
