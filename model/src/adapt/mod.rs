//! The local update: a model adapts to one user's support set.

mod feedback;
pub mod meta;
pub mod meta_gradient;
pub mod ridge;
pub mod softmax;
pub mod start;

pub use feedback::Feedback;

use crate::math::matrix::add;
use crate::math::scalar::{Real, Scalar};
use crate::network::forward::LossGradient;
use crate::network::layout::{Layout, Scope};
use crate::network::loss::Loss;
use crate::network::task::{Examples, User};
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
pub const MAX_STEPS: usize = 1000;

/// Gradient steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Steps {
    /// Number of steps T.
    pub steps: usize,
    /// κ ≥ 0: how many answers' worth of caution; with few answers a step is smaller by |S| / (|S| + κ).
    pub kappa: f64,
}

impl LocalUpdate {
    /// What the model learns from.
    pub fn feedback(&self) -> Feedback {
        if self.loss == Loss::Softmax { Feedback::Picks } else { Feedback::Ratings }
    }

    /// Whether the model is one of picks, choices from the whole catalogue, rather than of ratings.
    pub fn learns_picks(&self) -> bool {
        self.loss == Loss::Softmax
    }

    /// Puts the linear path where the user starts ([`start`]), then moves the suffix of `theta` that the scope names,
    /// at `rates` (one α per moved parameter). Without support nothing moves from the start. Picks concern the whole
    /// catalogue, and have an update of their own ([`crate::adapt::softmax::apply`]).
    ///
    /// Returns the sum, over gradient steps, of ∂loss/∂(input of the first ReLU), (support × width): where all
    /// parameters share one rate α, the first layer moved by −α times its transposed times the item vectors.
    pub fn apply<T: Real>(
        &self,
        layout: &Layout,
        theta: &mut [T],
        rates: &[T],
        user: &User,
        support: &Examples,
    ) -> Vec<T> {
        start::apply(layout, theta, user, &support.items);
        let mut first = Vec::new();
        if support.labels.is_empty() {
            return first;
        }
        match self.method {
            Method::Gradient(steps) => {
                let from = layout.start(self.scope);
                let mut of = steps.loss(layout, user, support, self.loss, from).moving(from);
                for _ in 0..steps.steps {
                    of.at(theta);
                    T::descend(&mut theta[from..], rates, &of.gradient);
                    first.resize(of.first_deltas().len(), T::zero());
                    add(&mut first, of.first_deltas());
                }
            }
            Method::Ridge => ridge::apply(layout, theta, rates, user, support),
        }
        first
    }
}

impl Steps {
    /// The support loss, with its gradient by the parameters from `from` on.
    pub fn loss<'a, S: Scalar>(
        &self,
        layout: &'a Layout,
        user: &'a User,
        support: &'a Examples,
        loss: Loss,
        from: usize,
    ) -> LossGradient<'a, S> {
        let divisor = support.labels.len() as f64 + self.kappa;
        LossGradient::new(layout, user, support, loss, divisor, from)
    }
}
