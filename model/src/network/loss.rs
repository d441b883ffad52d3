//! Losses of one prediction.

use crate::math::scalar::Scalar;
use serde::{Deserialize, Serialize};

/// The loss of one prediction against one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Squared error (ŷ − r)²; labels are ratings from 1 to 5 ([`crate::model::scale::Scale::label`]).
    SquaredError,
    /// Binary cross-entropy of σ(ŷ); labels are probabilities from 0 to 1.
    BceWithLogits,
}

impl Loss {
    /// Return the loss of the prediction `y` against `label`.
    pub fn value<S: Scalar>(self, y: S, label: f32) -> S {
        let label = S::constant(label.into());
        match self {
            Loss::SquaredError => (y - label) * (y - label),
            Loss::BceWithLogits => y.softplus() - y * label,
        }
    }

    /// Return the derivative of the loss by the prediction `y`.
    pub fn slope<S: Scalar>(self, y: S, label: f32) -> S {
        let label = S::constant(label.into());
        match self {
            Loss::SquaredError => S::constant(2.0) * (y - label),
            Loss::BceWithLogits => y.sigmoid() - label,
        }
    }
}
