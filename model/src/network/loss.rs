//! The loss of one prediction against one label.

use crate::math::scalar::Scalar;
use serde::{Deserialize, Serialize};

/// A loss of one prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// (ŷ − r)², labels are ratings.
    SquaredError,
    /// Binary cross-entropy of σ(ŷ), labels are probabilities in [0, 1].
    BceWithLogits,
}

impl Loss {
    /// The loss of predicting `y` where `label` is right.
    pub fn value<S: Scalar>(self, y: S, label: f32) -> S {
        let label = S::constant(label.into());
        match self {
            Loss::SquaredError => (y - label) * (y - label),
            Loss::BceWithLogits => y.softplus() - y * label,
        }
    }

    /// Its derivative by `y`.
    pub fn slope<S: Scalar>(self, y: S, label: f32) -> S {
        let label = S::constant(label.into());
        match self {
            Loss::SquaredError => S::constant(2.0) * (y - label),
            Loss::BceWithLogits => y.sigmoid() - label,
        }
    }
}
