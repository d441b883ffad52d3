//! The prediction ŷ = μ + bᵢ + v·xᵢ + MLP([xᵢ ; c]), the loss on a set of examples, and its gradient.

use crate::math::matrix::zeros;
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::mlp::{Activations, Deltas, first_layer};
use crate::network::task::{Examples, Items, User};
use ndarray::Array2;
use num_traits::Zero;

/// The result of a forward pass.
#[derive(Clone, Debug)]
pub struct Forward<S> {
    /// Item vectors, (examples × item width).
    pub x: Array2<S>,
    /// The user vector.
    pub c: Vec<S>,
    /// The activations of the decision layers.
    pub activations: Activations<S>,
    /// The predictions ŷ, (examples), as logits for cross-entropy.
    pub prediction: Vec<S>,
}

/// Predict the labels that `user` gives to `items`.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn forward<S: Scalar>(layout: &Layout, theta: &[S], user: &User, items: &Items) -> Forward<S> {
    let mut pass = Forward::new(layout, items.len());
    pass.update(layout, theta, user, items, 0);
    pass
}

impl<S: Scalar> Forward<S> {
    /// Allocate a pass over this number of examples.
    fn new(layout: &Layout, examples: usize) -> Self {
        Self {
            x: zeros(examples, layout.item_width),
            c: vec![S::zero(); layout.user_width],
            activations: Activations::new(layout, examples),
            prediction: vec![S::zero(); examples],
        }
    }

    /// Do the pass. Results that depend only on parameters before `from` are reused from the last pass.
    fn update(&mut self, layout: &Layout, theta: &[S], user: &User, items: &Items, from: usize) {
        if from < layout.offset(Scope::Decision) {
            embedding::update_items(layout, theta, &items.fields, &mut self.x);
            embedding::update_user(layout, theta, user, &mut self.c);
        }
        self.activations.update(layout, theta, self.x.view(), &self.c, first_layer(layout, from));
        self.prediction.copy_from_slice(&self.activations.output);
        add_bias(layout, theta, &items.bias, &mut self.prediction);
    }
}

/// Add μ + bᵢ to each prediction, where the model has them.
fn add_bias<S: Scalar>(layout: &Layout, theta: &[S], rows: &[u32], prediction: &mut [S]) {
    if let Some((mean, items)) = layout.bias() {
        for (y, &row) in prediction.iter_mut().zip(rows) {
            *y += theta[mean] + theta[items.start + row as usize];
        }
    }
}

/// The loss on some examples and its gradient, evaluated at one point after the other in the same memory.
#[derive(Debug)]
pub(crate) struct LossGradient<'a, S: Scalar> {
    layout: &'a Layout,
    user: &'a User,
    examples: &'a Examples,
    loss: Loss,
    divisor: f64,
    /// The index of the first parameter that the gradient is by.
    from: usize,
    /// The index from which parameters may differ from those of the last evaluation; 0 before the first.
    changed: usize,
    /// The length of the fixed prefix of the parameters.
    fixed: usize,
    pass: Forward<S>,
    slopes: Vec<S>,
    deltas: Deltas<S>,
    /// The gradient by the parameters from `from` on, at the last point.
    pub(crate) gradient: Vec<S::Slope>,
}

impl<'a, S: Scalar> LossGradient<'a, S> {
    /// Create the loss Σ ℓ(ŷ, label) / `divisor` over `examples`, to be differentiated by the parameters from `from` on.
    pub(crate) fn new(
        layout: &'a Layout,
        user: &'a User,
        examples: &'a Examples,
        loss: Loss,
        divisor: f64,
        from: usize,
    ) -> Self {
        let count = examples.items.len();
        Self {
            layout,
            user,
            examples,
            loss,
            divisor,
            from,
            changed: 0,
            fixed: 0,
            pass: Forward::new(layout, count),
            slopes: vec![S::zero(); count],
            deltas: Deltas::new(layout, count),
            gradient: vec![Zero::zero(); layout.len() - from],
        }
    }

    /// Declare that all points have the same first `len` parameters: what only depends on these is computed once.
    pub(crate) fn with_fixed_prefix(self, len: usize) -> Self {
        Self { fixed: len, ..self }
    }

    /// Compute the gradient at `theta`, and return the loss.
    pub(crate) fn evaluate(&mut self, theta: &[S]) -> S {
        let Self { layout, user, examples, .. } = *self;
        self.pass.update(layout, theta, user, &examples.items, self.changed);
        self.changed = self.fixed;
        let weight = S::constant(1.0 / self.divisor);
        let mut total = S::zero();
        for ((slope, &y), &label) in self.slopes.iter_mut().zip(&self.pass.prediction).zip(&examples.labels) {
            total += weight * self.loss.value(y, label);
            *slope = weight * self.loss.slope(y, label);
        }
        self.gradient.fill(Zero::zero());
        let pass = (&self.pass, &mut self.deltas);
        reverse(layout, theta, user, &examples.items, pass, &self.slopes, &mut self.gradient, self.from);
        total
    }
}

/// Return the loss Σ ℓ(ŷ, label) / `divisor` over `examples`, and its gradient by the parameters from `from` on.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn loss_gradient<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    user: &User,
    examples: &Examples,
    loss: Loss,
    divisor: f64,
    from: usize,
) -> (S, Vec<S::Slope>) {
    let mut loss = LossGradient::new(layout, user, examples, loss, divisor, from);
    let value = loss.evaluate(theta);
    (value, loss.gradient)
}

/// Add the gradient to `gradient`, which begins at the parameter `from`, given `slopes` = ∂loss/∂ŷ of each example.
#[allow(clippy::too_many_arguments, reason = "a forward pass and all its inputs")]
pub(crate) fn reverse<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    user: &User,
    items: &Items,
    (pass, deltas): (&Forward<S>, &mut Deltas<S>),
    slopes: &[S],
    gradient: &mut [S::Slope],
    from: usize,
) {
    let inputs = (pass.x.view(), pass.c.as_slice());
    deltas.reverse(layout, theta, inputs, &pass.activations, slopes, gradient, from);
    if from < layout.offset(Scope::Decision) {
        embedding::items_reverse(layout, &items.fields, &deltas.x, gradient, from);
        embedding::user_reverse(layout, user, &deltas.c, gradient, from);
    }
    if let Some((mean, bias)) = layout.bias().filter(|(mean, _)| from <= *mean) {
        for (&slope, &row) in slopes.iter().zip(&items.bias) {
            gradient[mean - from] += slope.slope();
            gradient[bias.start - from + row as usize] += slope.slope();
        }
    }
}
