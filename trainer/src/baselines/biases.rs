//! Baseline estimates: a mean, a bias per item, and an offset per user (Koren, Bell and Volinsky 2009, *Matrix
//! factorization techniques for recommender systems*).

use super::baseline::{RatingBaseline, Ratings};
use fewclicks_model::network::task::User;

/// Shrinkage of biases in training, as a number of ratings: keeps items and users with few ratings near the mean.
const SHRINKAGE: f32 = 10.0;

/// Number of alternations between biases and offsets, each estimated from the residuals of the other.
const SWEEPS: usize = 10;

/// The mean rating, and the biases of items.
#[derive(Clone, Debug)]
pub struct Biases {
    mean: f32,
    /// Bias of each item; 0 for items without ratings.
    items: Vec<f32>,
}

impl Biases {
    /// Shrinkage of a new user's offset, as a number of ratings.
    pub(super) const NEW_USER_SHRINKAGE: f32 = 5.0;

    /// Fit the mean of all ratings, with all biases 0.
    pub fn flat(ratings: Ratings) -> Self {
        let values = ratings.users.iter().flatten().map(|&(_, rating)| f64::from(rating));
        let (sum, count) = values.fold((0.0, 0usize), |(sum, count), rating| (sum + rating, count + 1));
        Self { mean: (sum / count.max(1) as f64) as f32, items: vec![0.0; ratings.items] }
    }

    /// Fit the mean, and item biases from which the offsets of the users who rated the items are removed.
    pub fn fit(ratings: Ratings) -> Self {
        let mut biases = Self::flat(ratings);
        for _ in 0..SWEEPS {
            let mut sums = vec![0.0; ratings.items];
            let mut counts = vec![0.0; ratings.items];
            for user in ratings.users {
                let offset = biases.offset(user, SHRINKAGE);
                for &(item, rating) in user {
                    sums[item as usize] += rating - biases.mean - offset;
                    counts[item as usize] += 1.0;
                }
            }
            biases.items = sums.iter().zip(&counts).map(|(sum, count)| sum / (count + SHRINKAGE)).collect();
        }
        biases
    }

    /// Return mean + item bias.
    pub(super) fn rating(&self, item: u32) -> f32 {
        self.mean + self.items[item as usize]
    }

    /// Return the shrunken mean of rating − mean − item bias.
    fn offset(&self, ratings: &[(u32, f32)], shrinkage: f32) -> f32 {
        let sum: f32 = ratings.iter().map(|&(item, rating)| rating - self.rating(item)).sum();
        sum / (ratings.len() as f32 + shrinkage)
    }
}

/// Predicts mean + item bias, and optionally + user offset.
#[derive(Clone, Debug)]
pub struct BiasTerms {
    pub name: &'static str,
    pub biases: Biases,
    /// Whether the user's offset is estimated from the support ratings and added.
    pub user_offset: bool,
}

impl RatingBaseline for BiasTerms {
    fn name(&self) -> &'static str {
        self.name
    }

    fn predict(&self, _user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let offset = if self.user_offset { self.biases.offset(support, Biases::NEW_USER_SHRINKAGE) } else { 0.0 };
        query.iter().map(|&item| self.biases.rating(item) + offset).collect()
    }
}
