//! ItemKNN (Sarwar et al. 2001, *Item-based collaborative filtering recommendation algorithms*), with all items as
//! neighbours: keeping only the nearest was no better on MovieLens-1M, and worse after several picks.

use super::baseline::PickBaseline;
use super::picks::{CoPicks, Picks};
use std::sync::Arc;

/// How similarity is computed: co² / (co + shrinkage) / (√pⱼ · pᵢ^power), where co users picked both items, pⱼ the picked
/// and pᵢ the scored one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnnPickSettings {
    /// Number of co-picks by which a similarity is halved.
    pub shrinkage: f32,
    /// Exponent of the popularity of the scored item; ½ is the cosine, and less prefers popular items.
    pub power: f32,
}

impl KnnPickSettings {
    /// Cosine similarity.
    pub const COSINE: Self = Self { shrinkage: 0.0, power: 0.5 };
    /// Cosine similarity × popularity^0.2. After one pick, similarity alone prefers items that few know.
    pub const POPULAR: Self = Self { shrinkage: 0.0, power: 0.3 };

    /// Return the settings to choose among.
    pub fn choices() -> Vec<Self> {
        let of = |shrinkage| [0.1, 0.3, 0.5, 0.7, 0.9].map(|power| Self { shrinkage, power });
        [0.0, 5.0, 20.0].into_iter().flat_map(of).collect()
    }
}

/// Scores an item by the sum of its similarities to the picked items.
pub struct ItemKnn {
    name: &'static str,
    co_picks: Arc<CoPicks>,
    /// Number of picks of each item.
    counts: Arc<Vec<f32>>,
    settings: KnnPickSettings,
}

impl ItemKnn {
    pub fn fit(name: &'static str, picks: Picks, settings: KnnPickSettings) -> Self {
        Self { name, co_picks: Arc::new(CoPicks::of(picks)), counts: Arc::new(picks.counts()), settings }
    }

    /// Return the same with another name and other settings.
    pub fn with(&self, name: &'static str, settings: KnnPickSettings) -> Self {
        Self { name, co_picks: self.co_picks.clone(), counts: self.counts.clone(), settings }
    }
}

impl PickBaseline for ItemKnn {
    fn name(&self) -> &'static str {
        self.name
    }

    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let KnnPickSettings { shrinkage, power } = self.settings;
        let mut scores = vec![0.0; self.counts.len()];
        let mut shared = vec![0.0; self.counts.len()];
        for &picked in support.iter().filter(|&&picked| self.counts[picked as usize] > 0.0) {
            shared.fill(0.0);
            self.co_picks.add(picked as usize, 1.0, &mut shared);
            let weight = self.counts[picked as usize].sqrt().recip();
            for (score, co) in scores.iter_mut().zip(&shared).filter(|(_, co)| **co > 0.0) {
                *score += weight * co * co / (co + shrinkage);
            }
        }
        for (score, count) in scores.iter_mut().zip(self.counts.iter()).filter(|(score, _)| **score > 0.0) {
            *score /= count.powf(power);
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items 0, 1 and 2 have 3, 2 and 1 picks; two users picked 0 and 1, one 0 and 2.
    #[test]
    fn similarity_is_of_co_picks_and_popularity() {
        let picks = Picks { users: &[vec![0, 1], vec![0, 1], vec![0, 2]], items: 4 };
        let knn = ItemKnn::fit("", picks, KnnPickSettings { shrinkage: 2.0, power: 0.3 });
        let scores = knn.scores(&[0]);
        let root = 3f32.sqrt();
        assert!((scores[1] - 1.0 / root / 2f32.powf(0.3)).abs() < 1e-6, "{scores:?}");
        assert!((scores[2] - 1.0 / 3.0 / root).abs() < 1e-6 && scores[3] == 0.0, "{scores:?}");
    }
}
