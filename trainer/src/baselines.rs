//! What anyone would try first.

use crate::encode::Encoded;

/// Ratings' worth of doubt in a bias: keeps items and users with few ratings near the mean.
const SHRINKAGE: f32 = 5.0;

/// A predictor without a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    GlobalMean,
    ItemBias,
    /// Also adds how far the support ratings lie above the item biases.
    ItemBiasUserOffset,
}

impl Baseline {
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::GlobalMean, "global mean"),
        (Self::ItemBias, "item bias"),
        (Self::ItemBiasUserOffset, "item bias + user offset"),
    ];

    /// Predicts `query` items from `support` ratings.
    pub fn predict(self, averages: &Averages, support: &[(u32, f32)], query: &[(u32, f32)]) -> Vec<f32> {
        let known = |item: u32| match self {
            Self::GlobalMean => averages.mean,
            _ => averages.mean + averages.item_bias[item as usize],
        };
        let offset = match self {
            Self::ItemBiasUserOffset => {
                support.iter().map(|&(item, rating)| rating - known(item)).sum::<f32>()
                    / (support.len() as f32 + SHRINKAGE)
            }
            _ => 0.0,
        };
        query.iter().map(|&(item, _)| known(item) + offset).collect()
    }
}

/// Averages of the training ratings.
pub struct Averages {
    mean: f32,
    item_bias: Vec<f32>,
}

impl Averages {
    pub fn of(encoded: &Encoded) -> Self {
        let mut item_bias = vec![0.0; encoded.popularity.len()];
        for &(item, rating) in encoded.ratings.iter().flatten() {
            item_bias[item as usize] += rating - encoded.mean;
        }
        for (bias, &count) in item_bias.iter_mut().zip(&encoded.popularity) {
            *bias /= count as f32 + SHRINKAGE;
        }
        Self { mean: encoded.mean, item_bias }
    }
}
