//! The meta-gradient: how the query loss after the local update depends on the parameters before it.
//!
//! With θₜ₊₁ = θₜ − α ⊙ g(θₜ) for t = 0 … T−1 and v = ∂(query loss)/∂θ_T, walking the steps backwards gives
//! v ← v − H·(α ⊙ v), where H·u is the derivative of the support gradient along u: one reverse pass on dual numbers
//! whose tangents are u. It covers the parameters that a local update leaves alone just as well, as rows of the same H.

use crate::adapt::{LocalUpdate, descend};
use crate::examples::Task;
use crate::layout::Layout;
use crate::network::loss_gradient;
use crate::scalar::{Dual, Real};

/// Whether the meta-gradient accounts for how the local gradients themselves depend on the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// FOMAML: H is taken for zero.
    First,
    /// Exact.
    Second,
}

/// The derivative of one task's query loss.
#[derive(Clone, Debug)]
pub struct MetaGradient<T> {
    pub query_loss: T,
    /// By the initial parameters, as long as the layout.
    pub parameters: Vec<T>,
    /// By the local rates, as long as the moved suffix.
    pub rates: Vec<T>,
}

/// Differentiates the query loss of `task` after the local update of `theta` at `rates`.
pub fn meta_gradient<T: Real>(
    layout: &Layout,
    theta: &[T],
    rates: &[T],
    task: &Task,
    update: &LocalUpdate,
    order: Order,
) -> MetaGradient<T> {
    let from = layout.start(update.scope);
    let mut theta = theta.to_vec();
    let steps = if task.support.labels.is_empty() { 0 } else { update.steps };
    let mut path = Vec::with_capacity(steps);
    for _ in 0..steps {
        let (_, gradient) = update.gradient(layout, &theta, &task.user, &task.support, from);
        let before = theta[from..].to_vec();
        descend(&mut theta[from..], rates, &gradient);
        path.push((before, gradient));
    }
    let divisor = task.query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &theta, &task.user, &task.query, update.loss, divisor, 0);
    let mut rate_gradient = vec![T::zero(); rates.len()];
    for (before, gradient) in path.into_iter().rev() {
        theta[from..].copy_from_slice(&before);
        for ((d_rate, &v), &g) in rate_gradient.iter_mut().zip(&parameters[from..]).zip(&gradient) {
            *d_rate -= v * g;
        }
        if order == Order::Second {
            let direction: Vec<T> = rates.iter().zip(&parameters[from..]).map(|(&rate, &v)| rate * v).collect();
            let product = hessian_product(layout, &theta, &direction, task, update);
            parameters.iter_mut().zip(product).for_each(|(v, h)| *v -= h);
        }
    }
    MetaGradient { query_loss, parameters, rates: rate_gradient }
}

/// The derivative of the whole support gradient at `theta` along `direction`, which moves the scope's suffix.
fn hessian_product<T: Real>(
    layout: &Layout,
    theta: &[T],
    direction: &[T],
    task: &Task,
    update: &LocalUpdate,
) -> impl Iterator<Item = T> {
    let (still, moving) = theta.split_at(layout.start(update.scope));
    let duals: Vec<Dual<T>> = still
        .iter()
        .map(|&value| Dual::fixed(value))
        .chain(moving.iter().zip(direction).map(|(&value, &tangent)| Dual { value, tangent }))
        .collect();
    let (_, gradient) = update.gradient(layout, &duals, &task.user, &task.support, 0);
    gradient.into_iter().map(|g| g.tangent)
}
