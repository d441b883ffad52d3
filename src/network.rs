//! The whole model: ŷ = μ + bᵢ + v·xᵢ + MLP([xᵢ ; c]), its loss on a set of examples and the gradient of that.

use crate::decision::{self, Activations};
use crate::embedding;
use crate::examples::{Examples, Items, User};
use crate::layout::{Layout, Scope};
use crate::loss::Loss;
use crate::scalar::Scalar;
use alloc::vec::Vec;
use ndarray::Array2;

/// A forward pass and what led to it.
pub struct Forward<S> {
    /// Item vectors, (examples × item width).
    pub x: Array2<S>,
    /// The user vector.
    pub c: Vec<S>,
    /// Of the decision layers.
    pub activations: Activations<S>,
    /// ŷ, one per example, before any link function.
    pub prediction: Vec<S>,
}

/// Predicts for `items`, as `user` would say of them.
pub fn forward<S: Scalar>(layout: &Layout, theta: &[S], user: &User, items: &Items) -> Forward<S> {
    let x = embedding::items(layout, theta, &items.fields);
    let c = embedding::user(layout, theta, user);
    let activations = decision::forward(layout, theta, x.view(), &c);
    let mut prediction = activations.output.clone();
    add_bias(layout, theta, &items.bias, &mut prediction);
    Forward { x, c, activations, prediction }
}

/// Adds μ + bᵢ to each prediction, where the model has them.
pub fn add_bias<S: Scalar>(layout: &Layout, theta: &[S], rows: &[u32], prediction: &mut [S]) {
    if layout.architecture.item_bias.is_some() {
        for (y, &row) in prediction.iter_mut().zip(rows) {
            *y += theta[0] + theta[1 + row as usize];
        }
    }
}

/// Σ ℓ(ŷ, label) / `divisor` over `examples`, and its gradient by the parameters from `from` on.
pub fn loss_gradient<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    user: &User,
    examples: &Examples,
    loss: Loss,
    divisor: f64,
    from: usize,
) -> (S, Vec<S>) {
    let pass = forward(layout, theta, user, &examples.items);
    let share = S::constant(1.0 / divisor);
    let (mut total, mut slopes) = (S::zero(), Vec::with_capacity(examples.labels.len()));
    for (&y, &label) in pass.prediction.iter().zip(&examples.labels) {
        total += share * loss.value(y, label);
        slopes.push(share * loss.slope(y, label));
    }
    let mut gradient = vec![S::zero(); layout.len() - from];
    reverse(layout, theta, user, &examples.items, &pass, &slopes, &mut gradient, from);
    (total, gradient)
}

/// Adds to `gradient`, whose first number stands at `from` in the flat vector, what `slopes` = ∂loss/∂ŷ of each example
/// means for the parameters.
#[allow(clippy::too_many_arguments, reason = "a forward pass and all that went into it")]
pub fn reverse<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    user: &User,
    items: &Items,
    pass: &Forward<S>,
    slopes: &[S],
    gradient: &mut [S],
    from: usize,
) {
    let inputs = (pass.x.view(), pass.c.as_slice());
    let d_inputs = decision::reverse(layout, theta, inputs, &pass.activations, slopes, gradient, from);
    if let Some(d_inputs) = d_inputs {
        embedding::items_reverse(layout, &items.fields, &d_inputs.x, gradient, from);
        embedding::user_reverse(layout, user, &d_inputs.c, gradient, from);
    }
    if layout.architecture.item_bias.is_some() && from < layout.start(Scope::All) {
        debug_assert_eq!(from, 0, "mean and item bias are differentiated together");
        for (&slope, &row) in slopes.iter().zip(&items.bias) {
            gradient[0] += slope;
            gradient[1 + row as usize] += slope;
        }
    }
}
