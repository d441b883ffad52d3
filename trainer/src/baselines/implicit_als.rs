//! Implicit ALS (Hu, Koren and Volinsky 2008, *Collaborative filtering for implicit feedback datasets*), with fold-in
//! of new users.

use super::baseline::PickBaseline;
use super::least_squares::{half_step, initial, solve, transpose};
use super::picks::Picks;
use ndarray::Array2;

/// Factors per user and item.
const FACTORS: usize = 64;

const SWEEPS: usize = 10;

/// Settings of implicit ALS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlsSettings {
    /// α: a pick has confidence 1 + α, that of an item that was not picked is 1.
    pub confidence: f32,
    /// Weight of the squared factors.
    pub ridge: f32,
}

impl AlsSettings {
    /// The settings to choose among.
    pub const CHOICES: [Self; 4] = [
        Self { confidence: 9.0, ridge: 100.0 },
        Self { confidence: 9.0, ridge: 30.0 },
        Self { confidence: 30.0, ridge: 100.0 },
        Self { confidence: 3.0, ridge: 30.0 },
    ];
}

/// Predicts preferences, 1 for picks and 0 for other items, by inner products of user and item factors.
pub struct ImplicitAls {
    items: Array2<f32>,
    prior: Array2<f32>,
    settings: AlsSettings,
}

impl ImplicitAls {
    pub fn fit(picks: Picks, settings: AlsSettings) -> Self {
        let AlsSettings { confidence, ridge } = settings;
        let by_user: Vec<_> = picks.users.iter().map(|user| targets(user, confidence)).collect();
        let by_item = transpose(&by_user, picks.items);
        let mut items = initial(picks.items, FACTORS);
        for _ in 0..SWEEPS {
            let users = half_step(prior(&items, ridge).view(), confidence, items.view(), &by_user);
            items = half_step(prior(&users, ridge).view(), confidence, users.view(), &by_item);
        }
        Self { prior: prior(&items, ridge), items, settings }
    }
}

/// Return the weighted targets of picks: preference 1 with confidence 1 + α.
fn targets(picks: &[u32], confidence: f32) -> Vec<(u32, f32)> {
    picks.iter().map(|&item| (item, 1.0 + confidence)).collect()
}

/// Compute FᵀF + λI for `factors` F: the part of the normal equations that all rows share, from items with confidence
/// 1.
fn prior(factors: &Array2<f32>, ridge: f32) -> Array2<f32> {
    factors.t().dot(factors) + ridge * Array2::eye(FACTORS)
}

impl PickBaseline for ImplicitAls {
    fn name(&self) -> &'static str {
        "implicit ALS"
    }

    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let confidence = self.settings.confidence;
        let user = solve(self.prior.view(), confidence, self.items.view(), &targets(support, confidence));
        self.items.dot(&user).to_vec()
    }
}
