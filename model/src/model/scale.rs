//! Ratings as people give them, and as the model's loss sees them.

use crate::math::scalar::Scalar;
use crate::network::loss::Loss;
use serde::Serialize;

/// The ratings there are, and what a like and a dislike amount to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// Lowest and highest rating, min < max and max − min finite.
    pub min: f32,
    pub max: f32,
    /// The mean of the ratings above, and of those not above, the mean rating.
    pub like: f32,
    pub dislike: f32,
}

impl Scale {
    /// A rating as the label of `loss`: its place between min and max, from 0 to 1 for cross-entropy, from 1 to 5 for
    /// squared error. Rates and initial parameters fit labels of that size; ratings from 1 to 5 are their own labels.
    pub fn label(&self, rating: f32, loss: Loss) -> f32 {
        let share = (rating - self.min) / (self.max - self.min);
        match loss {
            Loss::SquaredError if self.is_stars() => rating,
            Loss::SquaredError => 1.0 + 4.0 * share,
            Loss::BceWithLogits => share,
        }
    }

    /// The inverse of [`Scale::label`] for a raw prediction. It may lie outside the scale: clipping would make the
    /// best items equals.
    pub fn rating(&self, prediction: f32, loss: Loss) -> f32 {
        let share = match loss {
            Loss::SquaredError if self.is_stars() => return prediction,
            Loss::SquaredError => (prediction - 1.0) / 4.0,
            Loss::BceWithLogits => prediction.sigmoid(),
        };
        self.min + (self.max - self.min) * share
    }

    /// Whether ratings are labels already: mapping them all the same would round.
    fn is_stars(&self) -> bool {
        self.min == 1.0 && self.max == 5.0
    }

    /// Whether a rating says more liked than not.
    pub fn is_like(&self, rating: f32) -> bool {
        rating > (self.like + self.dislike) / 2.0
    }

    /// Whether the numbers are finite and in order.
    pub fn is_valid(&self) -> bool {
        let inside = |x: f32| self.min <= x && x <= self.max;
        let span = self.max - self.min;
        span.is_finite() && span > 0.0 && inside(self.like) && inside(self.dislike)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(min: f32, max: f32) -> Scale {
        Scale { min, max, like: max, dislike: min }
    }

    #[test]
    fn stars_are_their_own_labels_bit_by_bit() {
        for x in [-0.3f32, 0.1, 1.0 / 3.0, 4.7, 9.9] {
            let stars = scale(1.0, 5.0);
            assert_eq!(stars.label(x, Loss::SquaredError), x);
            assert_eq!(stars.rating(x, Loss::SquaredError), x);
        }
    }

    #[test]
    fn every_scale_has_labels_from_one_to_five_and_the_way_back() {
        for (min, max) in [(0.0, 1.0), (-1.0, 1.0), (0.0, 100.0), (0.0, 1e6), (-1e38, 1e38)] {
            let scale = scale(min, max);
            let ratings = [min, (min + max) / 2.0, max];
            let labels = ratings.map(|rating| scale.label(rating, Loss::SquaredError));
            assert_eq!(labels, [1.0, 3.0, 5.0]);
            assert_eq!(labels.map(|label| scale.rating(label, Loss::SquaredError)), ratings);
        }
    }

    #[test]
    fn a_span_beyond_all_numbers_is_no_scale() {
        assert!(scale(-1.0, 1.0).is_valid());
        for (min, max) in [(1.0, 1.0), (5.0, 1.0), (-3e38, 3e38), (0.0, f32::INFINITY), (f32::NAN, 1.0)] {
            assert!(!scale(min, max).is_valid(), "{min} to {max}");
        }
    }
}
