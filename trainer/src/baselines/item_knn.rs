//! ItemKNN (Sarwar et al. 2001, *Item-based collaborative filtering recommendation algorithms*), with all items as
//! neighbours: keeping only the nearest was no better on MovieLens-1M, and worse after several picks.

use super::baseline::PickBaseline;
use super::picks::{CoPicks, Picks};

/// Scores an item by the sum of its cosine similarities to the picked items, times a power of its popularity.
pub struct ItemKnn {
    name: &'static str,
    co_picks: CoPicks,
    /// 1 / norm of each item's column of picks; 0 for items without picks.
    inverse_norms: Vec<f32>,
    /// Factor of each item's summed similarity.
    weights: Vec<f32>,
}

impl ItemKnn {
    /// Fit with similarity alone.
    pub fn cosine(picks: Picks) -> Self {
        Self::fit("ItemKNN", picks, 0.0)
    }

    /// Fit with similarity × popularity^0.2. After one pick, similarity alone prefers items that few know.
    pub fn cosine_and_popularity(picks: Picks) -> Self {
        Self::fit("ItemKNN × popularity^0.2", picks, 0.2)
    }

    fn fit(name: &'static str, picks: Picks, power: f32) -> Self {
        let counts = picks.counts();
        let inverse_norm = |&count: &f32| if count > 0.0 { count.sqrt().recip() } else { 0.0 };
        Self {
            name,
            co_picks: CoPicks::of(picks),
            inverse_norms: counts.iter().map(inverse_norm).collect(),
            weights: counts.iter().map(|count| count.powf(power)).collect(),
        }
    }
}

impl PickBaseline for ItemKnn {
    fn name(&self) -> &'static str {
        self.name
    }

    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.weights.len()];
        for &picked in support {
            self.co_picks.add(picked as usize, self.inverse_norms[picked as usize], &mut scores);
        }
        for ((score, norm), weight) in scores.iter_mut().zip(&self.inverse_norms).zip(&self.weights) {
            *score *= norm * weight;
        }
        scores
    }
}
