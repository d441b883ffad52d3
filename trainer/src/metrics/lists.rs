//! Metrics of a recommended list for a user with ratings: what they would like, and what they would not.

use super::dcg::discounted;
use std::collections::HashMap;
use std::iter::repeat_n;

/// Number of recommendations that are judged.
const LISTED: usize = 10;

/// Ratings from and up to which an item counts as liked and as disliked: of 1 to 5 stars, from 4 and up to 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opinions {
    /// Minimum rating of a liked item.
    pub liked: f32,
    /// Maximum rating of a disliked item.
    pub disliked: f32,
}

impl Opinions {
    /// Return the thresholds of a scale: three quarters and one quarter of the way from `min` to `max`.
    pub fn of(min: f32, max: f32) -> Self {
        Self { liked: min + 0.75 * (max - min), disliked: min + 0.25 * (max - min) }
    }

    /// Compute nDCG@10 of `listed` items, best first, with gain 1 for the liked items of `query`, and the share of ten that
    /// `query` has as disliked. `None` if the query has no liked item.
    pub fn judge(&self, listed: &[u32], query: &[(u32, f32)]) -> Option<(f64, f64)> {
        let ratings: HashMap<u32, f32> = query.iter().copied().collect();
        let likes = ratings.values().filter(|&&rating| rating >= self.liked).count();
        let rating = |item: &u32| ratings.get(item).copied();
        let ten = || listed.iter().take(LISTED).map(rating);
        let hit = |rating: Option<f32>| f64::from(u8::from(rating.is_some_and(|rating| rating >= self.liked)));
        let gained = discounted(ten().map(hit));
        let disliked = ten().flatten().filter(|&rating| rating <= self.disliked).count();
        let ideal = discounted(repeat_n(1.0, likes.min(LISTED)));
        (likes > 0).then(|| (gained / ideal, disliked as f64 / LISTED as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of two liked items one is listed second; one of ten listed items is disliked.
    #[test]
    fn likes_gain_and_dislikes_are_counted() {
        let opinions = Opinions::of(1.0, 5.0);
        assert_eq!(opinions, Opinions { liked: 4.0, disliked: 2.0 });
        let query = [(7, 4.0), (8, 5.0), (1, 2.0), (9, 3.0)];
        let listed: Vec<u32> = vec![1, 7, 9, 20, 21, 22, 23, 24, 25, 26, 8];
        let (ndcg, disliked) = opinions.judge(&listed, &query).unwrap();
        let second = 1.0 / 3f64.log2();
        assert!((ndcg - second / (1.0 + second)).abs() < 1e-12);
        assert_eq!(disliked, 0.1);
        assert_eq!(opinions.judge(&listed, &[(1, 2.0)]), None);
    }
}
