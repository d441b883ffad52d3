//! The local update by gradient steps.

use crate::adapt::implicit;
use crate::math::matrix::add;
use crate::math::scalar::{Real, Scalar};
use crate::network::architecture::Scope;
use crate::network::forward::LossGradient;
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::task::{Examples, User};
use serde::{Deserialize, Serialize};

/// θ ← θ − α ⊙ ∇θ [ Σ ℓ(ŷ, r) / (|S| + κ) ], repeated, of the parameters within the scope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gradient {
    /// What moves.
    pub scope: Scope,
    /// ℓ.
    pub loss: Loss,
    /// Number of steps T, 1 to [`crate::adapt::MAX_STEPS`].
    pub steps: usize,
    /// κ ≥ 0: with few answers a step is smaller by |S| / (|S| + κ).
    pub kappa: f64,
    /// Which of the rates α are learned.
    pub rates: Rates,
}

/// Which local rates are learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rates {
    /// None: all parameters share one rate, which is set.
    Fixed,
    /// One per tensor.
    PerLayer,
    /// One per parameter (Meta-SGD, Li et al. 2017).
    PerParameter,
}

impl Gradient {
    /// Put the linear path where the user starts ([`start`]), then move the suffix of `theta` that the scope names, at
    /// `rates` (one α per moved parameter). Without support nothing moves from the start.
    ///
    /// Return the sum, over the steps, of ∂loss/∂(input of the first ReLU), (support × width): where all parameters share
    /// one rate α, the first layer moved by −α times its transpose times the item vectors.
    pub fn apply<T: Real>(
        &self,
        layout: &Layout,
        theta: &mut [T],
        rates: &[T],
        user: &User,
        support: &Examples,
    ) -> Vec<T> {
        implicit::apply(layout, theta, user, &support.items);
        let mut first = Vec::new();
        if support.labels.is_empty() {
            return first;
        }
        let from = layout.offset(self.scope);
        let mut loss = self.support_loss(layout, user, support, from).moving(from);
        for _ in 0..self.steps {
            loss.at(theta);
            T::descend(&mut theta[from..], rates, &loss.gradient);
            first.resize(loss.first_layer_deltas().len(), T::zero());
            add(&mut first, loss.first_layer_deltas());
        }
        first
    }

    /// The support loss, with its gradient by the parameters from the index `from` on.
    pub fn support_loss<'a, S: Scalar>(
        &self,
        layout: &'a Layout,
        user: &'a User,
        support: &'a Examples,
        from: usize,
    ) -> LossGradient<'a, S> {
        let divisor = support.labels.len() as f64 + self.kappa;
        LossGradient::new(layout, user, support, self.loss, divisor, from)
    }
}
