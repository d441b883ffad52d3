//! The whole model: ŷ = μ + bᵢ + v·xᵢ + MLP([xᵢ ; c]), its loss on a set of examples and the gradient of that.

use crate::math::matrix::{as_slice, zeros};
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::mlp::{Activations, Deltas, first_layer};
use crate::network::task::{Examples, Items, User};
use ndarray::Array2;
use num_traits::Zero;

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
    let mut pass = Forward::new(layout, items.len());
    pass.update(layout, theta, user, items, 0);
    pass
}

impl<S: Scalar> Forward<S> {
    /// Room for a pass over `examples`.
    fn new(layout: &Layout, examples: usize) -> Self {
        Self {
            x: zeros(examples, layout.item_width),
            c: vec![S::zero(); layout.user_width],
            activations: Activations::new(layout, examples),
            prediction: vec![S::zero(); examples],
        }
    }

    /// Passes again, where the parameters before `from` are those of last time.
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

/// Adds μ + bᵢ to each prediction, where the model has them.
pub fn add_bias<S: Scalar>(layout: &Layout, theta: &[S], rows: &[u32], prediction: &mut [S]) {
    if let Some((mean, items)) = layout.bias() {
        for (y, &row) in prediction.iter_mut().zip(rows) {
            *y += theta[mean] + theta[items.start + row as usize];
        }
    }
}

/// A loss on some examples and its gradient, at one point after the other, in the same memory.
pub struct LossGradient<'a, S: Scalar> {
    layout: &'a Layout,
    user: &'a User,
    examples: &'a Examples,
    loss: Loss,
    divisor: f64,
    /// Where the gradient starts.
    from: usize,
    /// Where the points differ from the last one; at first, everywhere.
    moved: usize,
    next_moved: usize,
    pass: Forward<S>,
    slopes: Vec<S>,
    deltas: Deltas<S>,
    /// By the parameters from `from` on.
    pub gradient: Vec<S::Slope>,
}

impl<'a, S: Scalar> LossGradient<'a, S> {
    /// Of Σ ℓ(ŷ, label) / `divisor` over `examples`, by the parameters from `from` on.
    pub fn new(
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
            moved: 0,
            next_moved: 0,
            pass: Forward::new(layout, count),
            slopes: vec![S::zero(); count],
            deltas: Deltas::new(layout, count),
            gradient: vec![Zero::zero(); layout.len() - from],
        }
    }

    /// Where all points are one before the parameter at `from`: what these alone decide is computed once.
    pub fn moving(self, from: usize) -> Self {
        Self { next_moved: from, ..self }
    }

    /// ∂loss/∂(input of the first ReLU) at the last point, (examples × width); nothing where there is none.
    pub fn first_layer_deltas(&self) -> &[S] {
        self.deltas.hidden.first().map_or(&[], as_slice)
    }

    /// Computes the gradient at `theta`; returns the loss there.
    pub fn at(&mut self, theta: &[S]) -> S {
        let Self { layout, user, examples, .. } = *self;
        self.pass.update(layout, theta, user, &examples.items, self.moved);
        self.moved = self.next_moved;
        let share = S::constant(1.0 / self.divisor);
        let mut total = S::zero();
        for ((slope, &y), &label) in self.slopes.iter_mut().zip(&self.pass.prediction).zip(&examples.labels) {
            total += share * self.loss.value(y, label);
            *slope = share * self.loss.slope(y, label);
        }
        self.gradient.fill(Zero::zero());
        let pass = (&self.pass, &mut self.deltas);
        reverse(layout, theta, user, &examples.items, pass, &self.slopes, &mut self.gradient, self.from);
        total
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
) -> (S, Vec<S::Slope>) {
    let mut of = LossGradient::new(layout, user, examples, loss, divisor, from);
    let loss = of.at(theta);
    (loss, of.gradient)
}

/// Adds to `gradient`, whose first number stands at `from` in the flat vector, what `slopes` = ∂loss/∂ŷ of each example
/// means for the parameters.
#[allow(clippy::too_many_arguments, reason = "a forward pass and all that went into it")]
pub fn reverse<S: Scalar>(
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
