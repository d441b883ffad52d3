//! Ratings as people give them, and as the model's loss sees them.

use crate::loss::Loss;
use crate::scalar::Scalar;
use serde::{Deserialize, Serialize};

/// The ratings there are, and what a like and a dislike amount to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Lowest and highest rating, min < max.
    pub min: f32,
    pub max: f32,
    /// The mean of the ratings above, and of those not above, the mean rating.
    pub like: f32,
    pub dislike: f32,
}

impl Scale {
    /// A rating as the label of `loss`: itself, or its place between min and max.
    pub fn label(&self, rating: f32, loss: Loss) -> f32 {
        match loss {
            Loss::SquaredError => rating,
            Loss::BceWithLogits => (rating - self.min) / (self.max - self.min),
        }
    }

    /// The inverse of [`Scale::label`] for a raw prediction. It may lie outside the scale: clipping would make the
    /// best items equals.
    pub fn rating(&self, prediction: f32, loss: Loss) -> f32 {
        match loss {
            Loss::SquaredError => prediction,
            Loss::BceWithLogits => self.min + (self.max - self.min) * prediction.sigmoid(),
        }
    }

    /// Whether a rating says more liked than not.
    pub fn is_like(&self, rating: f32) -> bool {
        rating > (self.like + self.dislike) / 2.0
    }

    /// Whether the numbers are finite and in order.
    pub fn is_valid(&self) -> bool {
        let inside = |x: f32| self.min <= x && x <= self.max;
        self.min.is_finite() && self.max.is_finite() && self.min < self.max && inside(self.like) && inside(self.dislike)
    }
}
