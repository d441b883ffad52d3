//! The rating scale, and its conversion to the labels of a loss.

use crate::math::scalar::Scalar;
use crate::network::loss::Loss;
use serde::Serialize;

/// A rating scale, and the ratings that a like and a dislike stand for.
///
/// ```
/// use fewclicks_model::{Loss, Scale};
/// let percent = Scale { min: 0.0, max: 100.0, like: 80.0, dislike: 20.0 };
/// assert!(percent.is_valid() && percent.is_like(60.0) && !percent.is_like(40.0));
/// assert_eq!(percent.label(25.0, Loss::SquaredError), 2.0);
/// assert_eq!(percent.rating(2.0, Loss::SquaredError), 25.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// The lowest rating.
    pub min: f32,
    /// The highest rating; `min < max`, and `max - min` is finite.
    pub max: f32,
    /// The rating of a like, between `min` and `max`: the mean of the ratings above the mean rating.
    pub like: f32,
    /// The rating of a dislike, between `min` and `max`: the mean of the ratings not above the mean rating.
    pub dislike: f32,
}

impl Scale {
    /// Return the label of `rating` for `loss`: `min` to `max` mapped linearly to 0 to 1 for cross-entropy, to 1 to 5 for
    /// squared error. Local rates and initial parameters are tuned for labels of that size. On a scale from 1 to 5
    /// labels of squared error are the ratings themselves.
    pub fn label(&self, rating: f32, loss: Loss) -> f32 {
        let fraction = (rating - self.min) / (self.max - self.min);
        match loss {
            Loss::SquaredError if self.is_stars() => rating,
            Loss::SquaredError => 1.0 + 4.0 * fraction,
            Loss::BceWithLogits => fraction,
        }
    }

    /// Return the rating of a raw prediction, the inverse of [`Scale::label`]. It is not clipped to the scale: clipping
    /// would tie the best items.
    pub fn rating(&self, prediction: f32, loss: Loss) -> f32 {
        let fraction = match loss {
            Loss::SquaredError if self.is_stars() => return prediction,
            Loss::SquaredError => (prediction - 1.0) / 4.0,
            Loss::BceWithLogits => prediction.sigmoid(),
        };
        self.min + (self.max - self.min) * fraction
    }

    /// Return whether ratings are labels of squared error without conversion, which would round them.
    fn is_stars(&self) -> bool {
        self.min == 1.0 && self.max == 5.0
    }

    /// Return whether `rating` is closer to a like than to a dislike.
    pub fn is_like(&self, rating: f32) -> bool {
        rating > (self.like + self.dislike) / 2.0
    }

    /// Return whether `min < max`, `max - min` is finite, and `like` and `dislike` lie between.
    pub fn is_valid(&self) -> bool {
        let inside = |x: f32| self.min <= x && x <= self.max;
        let range = self.max - self.min;
        range.is_finite() && range > 0.0 && inside(self.like) && inside(self.dislike)
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
    fn labels_run_from_one_to_five_and_convert_back() {
        for (min, max) in [(0.0, 1.0), (-1.0, 1.0), (0.0, 100.0), (0.0, 1e6), (-1e38, 1e38)] {
            let scale = scale(min, max);
            let ratings = [min, (min + max) / 2.0, max];
            let labels = ratings.map(|rating| scale.label(rating, Loss::SquaredError));
            assert_eq!(labels, [1.0, 3.0, 5.0]);
            assert_eq!(labels.map(|label| scale.rating(label, Loss::SquaredError)), ratings);
        }
    }

    #[test]
    fn an_empty_or_infinite_range_is_invalid() {
        assert!(scale(-1.0, 1.0).is_valid());
        for (min, max) in [(1.0, 1.0), (5.0, 1.0), (-3e38, 3e38), (0.0, f32::INFINITY), (f32::NAN, 1.0)] {
            assert!(!scale(min, max).is_valid(), "{min} to {max}");
        }
    }
}
