//! ItemKNN (Sarwar et al. 2001, *Item-based collaborative filtering recommendation algorithms*): what is like the picked
//! items. All neighbours count: keeping only the nearest made it no better on MovieLens-1M, and worse after several picks.

use super::baseline::PickBaseline;
use super::picks::{CoPicks, Picks};

/// Scores an item by the sum of its cosine similarities to the picked items, times its popularity to a power.
pub struct ItemKnn {
    name: &'static str,
    co_picks: CoPicks,
    /// Per item 1 / the norm of its column of picks; 0 where nobody picked it.
    inverse_norms: Vec<f32>,
    /// Per item what the sum of similarities is multiplied with.
    weights: Vec<f32>,
}

impl ItemKnn {
    /// Similarity alone.
    pub fn cosine(picks: Picks) -> Self {
        Self::fit("ItemKNN", picks, 0.0)
    }

    /// Similarity × popularity^0.2: after one pick, similarity alone finds what few know.
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
