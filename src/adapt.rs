//! The local update: a model adapts to one user's support set.

use crate::examples::{Examples, User};
use crate::layout::{Layout, Scope};
use crate::loss::Loss;
use crate::network::loss_gradient;
use crate::ridge;
use crate::scalar::{Real, Scalar};
use crate::start;
use serde::Serialize;

/// What moves, and how.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LocalUpdate {
    pub scope: Scope,
    pub loss: Loss,
    pub method: Method,
}

/// How the parameters within the scope move.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// θ ← θ − α ⊙ ∇θ [ Σ ℓ(ŷ, r) / (|S| + κ) ], repeated.
    Gradient(Steps),
    /// In one go, to the minimum of Σ (ŷ − r)² + Σ α (θ − θ₀)²: see [`ridge`].
    Ridge,
}

/// The most gradient steps: more is a mistake, or an attack on a visitor's battery.
pub const MOST_STEPS: usize = 1000;

/// Gradient steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Steps {
    /// Number of steps T.
    pub steps: usize,
    /// κ ≥ 0: how many answers' worth of caution; with few answers a step is smaller by |S| / (|S| + κ).
    pub kappa: f64,
}

impl LocalUpdate {
    /// Whether the model is one of picks, choices from the whole catalogue, rather than of ratings.
    pub fn learns_picks(&self) -> bool {
        self.loss == Loss::Softmax
    }

    /// Puts the linear path where the user starts ([`start`]), then moves the suffix of `theta` that the scope names,
    /// at `rates` (one α per moved parameter). Without support nothing moves from the start. Picks concern the whole
    /// catalogue, and have an update of their own ([`crate::picks::apply`]).
    pub fn apply<T: Real>(&self, layout: &Layout, theta: &mut [T], rates: &[T], user: &User, support: &Examples) {
        start::apply(layout, theta, user, &support.items);
        if support.labels.is_empty() {
            return;
        }
        match self.method {
            Method::Gradient(steps) => {
                let from = layout.start(self.scope);
                for _ in 0..steps.steps {
                    let (_, gradient) = steps.gradient(layout, theta, user, support, self.loss, from);
                    descend(&mut theta[from..], rates, &gradient);
                }
            }
            Method::Ridge => ridge::apply(layout, theta, rates, user, support),
        }
    }
}

impl Steps {
    /// The support loss and its gradient by the parameters from `from` on.
    pub fn gradient<S: Scalar>(
        &self,
        layout: &Layout,
        theta: &[S],
        user: &User,
        support: &Examples,
        loss: Loss,
        from: usize,
    ) -> (S, Vec<S>) {
        let divisor = support.labels.len() as f64 + self.kappa;
        loss_gradient(layout, theta, user, support, loss, divisor, from)
    }
}

/// θ ← θ − α ⊙ g.
pub fn descend<S: Scalar>(theta: &mut [S], rates: &[S], gradient: &[S]) {
    for ((theta, &rate), &slope) in theta.iter_mut().zip(rates).zip(gradient) {
        *theta -= rate * slope;
    }
}
