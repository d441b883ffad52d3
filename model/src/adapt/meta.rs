//! The meta-gradient: how the query loss after the local update depends on the parameters before it.
//!
//! With θₜ₊₁ = θₜ − α ⊙ g(θₜ) for t = 0 … T−1 and v = ∂(query loss)/∂θ_T, walking the steps backwards gives
//! v ← v − H·(α ⊙ v), where H·u is the derivative of the support gradient along u: one reverse pass on dual numbers
//! whose tangents are u. It covers the parameters that a local update leaves alone just as well, as rows of the same H.

use crate::adapt::meta_gradient::MetaGradient;
use crate::adapt::ridge;
use crate::adapt::start;
use crate::adapt::{LocalUpdate, Method, Steps};
use crate::math::dual::Dual;
use crate::math::scalar::Real;
use crate::network::forward::loss_gradient;
use crate::network::layout::{Layout, Scope};
use crate::network::task::Task;

/// Whether the meta-gradient accounts for how the local gradients themselves depend on the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// FOMAML: H is taken for zero.
    First,
    /// Exact.
    Second,
}

/// Differentiates the query loss of `task` after the local update of `theta` at `rates`. A closed-form update is always
/// differentiated exactly. Not for [`crate::network::loss::Loss::Softmax`], which takes users together: see [`crate::adapt::softmax`].
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
    let mut of = steps.loss(layout, user, support, update.loss, from).moving(from);
    for _ in 0..count {
        of.at(&theta);
        path.push((theta[from..].to_vec(), of.gradient.clone()));
        T::descend(&mut theta[from..], rates, &of.gradient);
    }
    let divisor = query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &theta, user, query, update.loss, divisor, 0);
    let mut rate_gradient = vec![T::zero(); rates.len()];
    // The derivative of the whole support gradient along a direction in which only what moves locally goes.
    let mut along = steps.loss(layout, user, support, update.loss, 0).moving(from);
    let mut duals: Vec<Dual<T>> = theta.iter().map(|&value| Dual::fixed(value)).collect();
    for (before, gradient) in path.iter().rev() {
        for ((d_rate, &v), &g) in rate_gradient.iter_mut().zip(&parameters[from..]).zip(gradient) {
            *d_rate -= v * g;
        }
        if order == Order::Second {
            let moving = duals[from..].iter_mut().zip(before).zip(rates).zip(&parameters[from..]);
            for (((dual, &value), &rate), &v) in moving {
                *dual = Dual { value, tangent: rate * v };
            }
            along.at(&duals);
            parameters.iter_mut().zip(&along.gradient).for_each(|(v, &h)| *v -= h);
        }
    }
    MetaGradient { query_loss, parameters, rates: rate_gradient }
}
