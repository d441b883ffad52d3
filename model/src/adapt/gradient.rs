//! The local update by gradient steps on the loss of each rating (MeLU, Lee et al. 2019; MAML, Finn et al. 2017).

use super::implicit;
use crate::math::scalar::{Real, Scalar};
use crate::network::architecture::Scope;
use crate::network::forward::LossGradient;
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::task::{Examples, User};
use serde::{Deserialize, Serialize};

/// Gradient steps θ ← θ − α ⊙ ∇θ [ Σ ℓ(ŷ, r) / (|S| + κ) ] of the parameters θ within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gradient {
    /// Which parameters the steps move.
    pub scope: Scope,
    /// The loss ℓ of one rating.
    pub loss: Loss,
    /// The number of steps T, 1 to [`crate::adapt::MAX_STEPS`].
    pub steps: usize,
    /// The shrinkage κ ≥ 0: relative to the mean loss, a step on |S| answers is scaled by |S| / (|S| + κ).
    pub kappa: f64,
    /// Which of the rates α are learned.
    pub rates: Rates,
}

/// Which local rates are learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rates {
    /// None: all parameters share one rate, a hyperparameter.
    Fixed,
    /// One rate per tensor.
    PerLayer,
    /// One rate per parameter (Meta-SGD, Li et al. 2017).
    PerParameter,
}

impl Gradient {
    /// Add implicit feedback to the linear path of `theta` ([`implicit`]), then move the parameters within the scope, a
    /// suffix of `theta`, at `rates` (one α per moved parameter). Without support, do no gradient steps.
    ///
    /// # Panics
    /// Where an embedding row lies outside its table.
    pub fn apply<T: Real>(&self, layout: &Layout, theta: &mut [T], rates: &[T], user: &User, support: &Examples) {
        implicit::apply(layout, theta, user, &support.items);
        if support.labels.is_empty() {
            return;
        }
        let from = layout.offset(self.scope);
        let mut loss = self.support_loss(layout, user, support, from).with_fixed_prefix(from);
        for _ in 0..self.steps {
            loss.evaluate(theta);
            T::descend(&mut theta[from..], rates, &loss.gradient);
        }
    }

    /// Return the support loss Σ ℓ(ŷ, r) / (|S| + κ), to be differentiated by the parameters from the index `from` on.
    pub(super) fn support_loss<'a, S: Scalar>(
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
