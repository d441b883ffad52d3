//! The meta-gradient: how the query loss after the local update depends on the parameters before it.
//!
//! With θₜ₊₁ = θₜ − α ⊙ g(θₜ) for t = 0 … T−1 and v = ∂(query loss)/∂θ_T, walking the steps backwards gives
//! v ← v − H·(α ⊙ v), where H·u is the derivative of the support gradient along u: one reverse pass on dual numbers
//! whose tangents are u. It covers the parameters that a local update leaves alone just as well, as rows of the same H.

use crate::adapt::{LocalUpdate, Method, Steps, descend};
use crate::examples::Task;
use crate::layout::{Layout, Scope};
use crate::network::loss_gradient;
use crate::ridge;
use crate::scalar::{Dual, Real};
use crate::start;
use alloc::vec::Vec;

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

/// Differentiates the query loss of `task` after the local update of `theta` at `rates`. A closed-form update is always
/// differentiated exactly. Not for [`crate::loss::Loss::Softmax`], which takes users together: see [`crate::picks`].
pub fn meta_gradient<T: Real>(
    layout: &Layout,
    theta: &[T],
    rates: &[T],
    task: &Task,
    update: &LocalUpdate,
    order: Order,
) -> MetaGradient<T> {
    let mut started = theta.to_vec();
    start::apply(layout, &mut started, &task.user, &task.support.items);
    let mut gradient = match update.method {
        Method::Gradient(steps) => through_steps(layout, started, rates, task, update, &steps, order),
        Method::Ridge => ridge::meta_gradient(layout, &started, rates, task),
    };
    let d_linear = gradient.parameters[layout.start(Scope::Linear)..].to_vec();
    start::reverse(layout, &task.user, &task.support.items, &d_linear, &mut gradient.parameters);
    gradient
}

fn through_steps<T: Real>(
    layout: &Layout,
    mut theta: Vec<T>,
    rates: &[T],
    task: &Task,
    update: &LocalUpdate,
    steps: &Steps,
    order: Order,
) -> MetaGradient<T> {
    let Task { user, support, query } = task;
    let from = layout.start(update.scope);
    let count = if support.labels.is_empty() { 0 } else { steps.steps };
    let mut path = Vec::with_capacity(count);
    for _ in 0..count {
        let (_, gradient) = steps.gradient(layout, &theta, user, support, update.loss, from);
        let before = theta[from..].to_vec();
        descend(&mut theta[from..], rates, &gradient);
        path.push((before, gradient));
    }
    let divisor = query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &theta, user, query, update.loss, divisor, 0);
    let mut rate_gradient = vec![T::zero(); rates.len()];
    for (before, gradient) in path.into_iter().rev() {
        theta[from..].copy_from_slice(&before);
        for ((d_rate, &v), &g) in rate_gradient.iter_mut().zip(&parameters[from..]).zip(&gradient) {
            *d_rate -= v * g;
        }
        if order == Order::Second {
            let direction: Vec<T> = rates.iter().zip(&parameters[from..]).map(|(&rate, &v)| rate * v).collect();
            let duals = seeded(&theta, from, &direction);
            // The derivative of the whole support gradient along the direction.
            let (_, product) = steps.gradient(layout, &duals, user, support, update.loss, 0);
            parameters.iter_mut().zip(product).for_each(|(v, h)| *v -= h.tangent);
        }
    }
    MetaGradient { query_loss, parameters, rates: rate_gradient }
}

/// `theta` as dual numbers whose tangents are `direction` from `from` on, and zero before.
fn seeded<T: Real>(theta: &[T], from: usize, direction: &[T]) -> Vec<Dual<T>> {
    let (still, moving) = theta.split_at(from);
    let moving = moving.iter().zip(direction).map(|(&value, &tangent)| Dual { value, tangent });
    still.iter().map(|&value| Dual::fixed(value)).chain(moving).collect()
}
