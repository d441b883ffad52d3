//! The local update: a few gradient steps on one user's support set.

use crate::examples::{Examples, User};
use crate::layout::{Layout, Scope};
use crate::loss::Loss;
use crate::network::loss_gradient;
use crate::scalar::Scalar;
use serde::{Deserialize, Serialize};

/// θ ← θ − α ⊙ ∇θ [ Σ ℓ(ŷ, r) / (|S| + κ) ], repeated, for the parameters within the scope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalUpdate {
    pub scope: Scope,
    /// Number of steps T.
    pub steps: usize,
    /// κ ≥ 0: how many answers' worth of caution; with few answers a step is smaller by |S| / (|S| + κ).
    pub kappa: f64,
    pub loss: Loss,
}

impl LocalUpdate {
    /// Moves the suffix of `theta` that the scope names, at `rates` (one α per moved parameter). Returns the support
    /// loss before each step. Without support nothing moves.
    pub fn apply<S: Scalar>(
        &self,
        layout: &Layout,
        theta: &mut [S],
        rates: &[S],
        user: &User,
        support: &Examples,
    ) -> Vec<S> {
        if support.labels.is_empty() {
            return Vec::new();
        }
        let from = layout.start(self.scope);
        let step = |_| {
            let (loss, gradient) = self.gradient(layout, theta, user, support, from);
            descend(&mut theta[from..], rates, &gradient);
            loss
        };
        (0..self.steps).map(step).collect()
    }

    /// The support loss and its gradient by the parameters from `from` on.
    pub fn gradient<S: Scalar>(
        &self,
        layout: &Layout,
        theta: &[S],
        user: &User,
        support: &Examples,
        from: usize,
    ) -> (S, Vec<S>) {
        let divisor = support.labels.len() as f64 + self.kappa;
        loss_gradient(layout, theta, user, support, self.loss, divisor, from)
    }
}

/// θ ← θ − α ⊙ g.
pub fn descend<S: Scalar>(theta: &mut [S], rates: &[S], gradient: &[S]) {
    for ((theta, &rate), &slope) in theta.iter_mut().zip(rates).zip(gradient) {
        *theta -= rate * slope;
    }
}
