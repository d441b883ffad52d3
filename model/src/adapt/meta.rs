//! The meta-gradient: how the query loss after the local update depends on the parameters before it.
//!
//! With θₜ₊₁ = θₜ − α ⊙ g(θₜ) for t = 0 … T−1 and v = ∂(query loss)/∂θ_T, walking the steps backwards gives
//! v ← v − H·(α ⊙ v), where H·u is the derivative of the support gradient along u: one reverse pass on dual numbers
//! whose tangents are u. It covers the parameters that a local update leaves alone just as well, as rows of the same H.

use super::gradient::Gradient;
use super::local_update::LocalUpdate;
use super::meta_gradient::MetaGradient;
use super::{implicit, ridge};
use crate::math::dual::Dual;
use crate::math::scalar::Real;
use crate::network::architecture::Scope;
use crate::network::forward::loss_gradient;
use crate::network::layout::Layout;
use crate::network::task::{Examples, Task, User};

/// A local update that is differentiated user by user. That of a softmax is differentiated for many users together, by
/// [`crate::adapt::softmax::meta_gradient`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TaskUpdate {
    /// [`LocalUpdate::Gradient`], differentiated to this order.
    Gradient(Gradient, Order),
    /// [`LocalUpdate::Ridge`], differentiated exactly.
    Ridge,
}

impl TaskUpdate {
    /// Do the local update of `theta` on `support`, as [`Gradient::apply`] or [`ridge::apply`].
    ///
    /// # Panics
    /// Where an embedding row lies outside its table.
    pub fn apply<T: Real>(&self, layout: &Layout, theta: &mut [T], rates: &[T], user: &User, support: &Examples) {
        match self {
            TaskUpdate::Gradient(gradient, _) => gradient.apply(layout, theta, rates, user, support),
            TaskUpdate::Ridge => ridge::apply(layout, theta, rates, user, support),
        }
    }
}

impl From<TaskUpdate> for LocalUpdate {
    fn from(update: TaskUpdate) -> Self {
        match update {
            TaskUpdate::Gradient(gradient, _) => LocalUpdate::Gradient(gradient),
            TaskUpdate::Ridge => LocalUpdate::Ridge,
        }
    }
}

/// Whether the meta-gradient includes the derivative of the local gradients by the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It does not: H is replaced by zero (FOMAML, Finn et al. 2017).
    First,
    /// It does: the meta-gradient is exact.
    Second,
}

/// Differentiate the query loss of `task`, the mean loss of its query set, after the local update of `theta` at `rates`.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn meta_gradient<T: Real>(
    layout: &Layout,
    theta: &[T],
    rates: &[T],
    task: &Task,
    update: TaskUpdate,
) -> MetaGradient<T> {
    let mut initial = theta.to_vec();
    implicit::apply(layout, &mut initial, &task.user, &task.support.items);
    let mut gradient = match update {
        TaskUpdate::Gradient(gradient, order) => through_steps(layout, initial, rates, task, &gradient, order),
        TaskUpdate::Ridge => ridge::meta_gradient(layout, &initial, rates, task),
    };
    let d_linear = gradient.parameters[layout.offset(Scope::Linear)..].to_vec();
    implicit::reverse(layout, &task.user, &task.support.items, &d_linear, &mut gradient.parameters);
    gradient
}

/// Differentiate the query loss through the gradient steps from `theta`.
fn through_steps<T: Real>(
    layout: &Layout,
    mut theta: Vec<T>,
    rates: &[T],
    task: &Task,
    update: &Gradient,
    order: Order,
) -> MetaGradient<T> {
    let Task { user, support, query } = task;
    let from = layout.offset(update.scope);
    let count = if support.labels.is_empty() { 0 } else { update.steps };
    let mut path = Vec::with_capacity(count);
    let mut support_loss = update.support_loss(layout, user, support, from).with_fixed_prefix(from);
    for _ in 0..count {
        support_loss.evaluate(&theta);
        path.push((theta[from..].to_vec(), support_loss.gradient.clone()));
        T::descend(&mut theta[from..], rates, &support_loss.gradient);
    }
    let divisor = query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &theta, user, query, update.loss, divisor, 0);
    let mut rate_gradient = vec![T::zero(); rates.len()];
    // The tangent of the support gradient, by all parameters, along a direction of the locally moved ones: H·u.
    let mut hessian_product = update.support_loss(layout, user, support, 0).with_fixed_prefix(from);
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
            hessian_product.evaluate(&duals);
            parameters.iter_mut().zip(&hessian_product.gradient).for_each(|(v, &h)| *v -= h);
        }
    }
    MetaGradient { query_loss, parameters, rates: rate_gradient }
}
