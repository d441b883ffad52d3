//! A mean, a bias per item, an offset per user: the baseline estimates of Koren, Bell and Volinsky 2009 (*Matrix
//! factorization techniques for recommender systems*).

use super::baseline::{RatingBaseline, Ratings};

/// Ratings' worth of doubt in a bias while learning: keeps items and users with few ratings near the mean.
const SHRINKAGE: f32 = 10.0;

/// Biases and offsets are estimated in turn, each from what the other leaves.
const SWEEPS: usize = 10;

/// How items are rated by everybody.
#[derive(Clone, Debug)]
pub struct Biases {
    mean: f32,
    /// Per item how far above the mean; 0 for items without ratings.
    items: Vec<f32>,
}

impl Biases {
    /// Ratings' worth of doubt in a new user's offset.
    pub(super) const NEW_USER_SHRINKAGE: f32 = 5.0;

    /// The mean of all ratings, and no biases.
    pub fn flat(ratings: Ratings) -> Self {
        let values = ratings.users.iter().flatten().map(|&(_, rating)| f64::from(rating));
        let (sum, count) = values.fold((0.0, 0usize), |(sum, count), rating| (sum + rating, count + 1));
        Self { mean: (sum / count.max(1) as f64) as f32, items: vec![0.0; ratings.items] }
    }

    /// The mean, and item biases net of who rated the items: harsh users watch other films than mild ones.
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

    /// What is predicted of an item for nobody in particular.
    pub(super) fn rating(&self, item: u32) -> f32 {
        self.mean + self.items[item as usize]
    }

    /// How far ratings lie above the items' own.
    fn offset(&self, ratings: &[(u32, f32)], shrinkage: f32) -> f32 {
        let sum: f32 = ratings.iter().map(|&(item, rating)| rating - self.rating(item)).sum();
        sum / (ratings.len() as f32 + shrinkage)
    }
}

/// Predicts by biases alone.
#[derive(Clone, Debug)]
pub struct BiasTerms {
    pub name: &'static str,
    pub biases: Biases,
    /// Whether the support ratings count, by how far they lie above the items' own.
    pub user_offset: bool,
}

impl RatingBaseline for BiasTerms {
    fn name(&self) -> &'static str {
        self.name
    }

    fn predict(&self, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let offset = if self.user_offset { self.biases.offset(support, Biases::NEW_USER_SHRINKAGE) } else { 0.0 };
        query.iter().map(|&item| self.biases.rating(item) + offset).collect()
    }
}
