//! Decision layers θ₂: v·x + MLP([x ; c]) for item vectors x and one user vector c, forward and in reverse.

use crate::layout::{Layout, Scope};
use crate::scalar::Scalar;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis};

/// What the forward pass keeps for the reverse pass.
pub struct Activations<S> {
    /// Per hidden layer, (examples × width), after the ReLU.
    pub hidden: Vec<Array2<S>>,
    /// One number per example.
    pub output: Array1<S>,
}

/// Decides on `x` (examples × item width) for a user `c` (user width).
pub fn forward<S: Scalar>(layout: &Layout, theta: &[S], x: ArrayView2<S>, c: ArrayView1<S>) -> Activations<S> {
    let mut output = match linear(layout, theta) {
        Some(v) => S::matmul(x, v.insert_axis(Axis(1))).remove_axis(Axis(1)),
        None => Array1::zeros(x.nrows()),
    };
    let mut hidden: Vec<Array2<S>> = Vec::with_capacity(layout.layers.len());
    for k in 0..layout.layers.len() {
        let (weight, bias) = layer(layout, theta, k);
        let z = match hidden.last() {
            // The user's share of the first layer is the same for all items: computed once.
            None => {
                let (weight_x, weight_c) = weight.split_at(Axis(1), layout.item_width);
                let user_share = &S::matmul(weight_c, c.insert_axis(Axis(1))).remove_axis(Axis(1)) + &bias;
                S::matmul(x, weight_x.t()) + &user_share
            }
            Some(a) => S::matmul(a.view(), weight.t()) + bias,
        };
        if k + 1 < layout.layers.len() {
            hidden.push(z.mapv_into(|z| if z.is_positive() { z } else { S::zero() }));
        } else {
            output.zip_mut_with(&z.column(0), |o, &z| *o += z);
        }
    }
    Activations { hidden, output }
}

/// ∂loss/∂(input of the ReLU) of the layers from `first` on, (examples × width) each, from ∂loss/∂output.
pub fn deltas<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    activations: &Activations<S>,
    d_output: &Array1<S>,
    first: usize,
) -> Vec<Array2<S>> {
    let count = layout.layers.len();
    let mut deltas: Vec<Array2<S>> = Vec::with_capacity(count);
    for k in (first..count).rev() {
        let delta = match deltas.last() {
            None => d_output.clone().insert_axis(Axis(1)),
            Some(next) => {
                let (weight, _) = layer(layout, theta, k + 1);
                let mut delta = S::matmul(next.view(), weight);
                delta.zip_mut_with(&activations.hidden[k], |d, a| {
                    if !a.is_positive() {
                        *d = S::zero();
                    }
                });
                delta
            }
        };
        deltas.push(delta);
    }
    deltas.reverse();
    deltas
}

/// ∂loss/∂x (examples × item width) and ∂loss/∂c (user width).
pub struct InputGradient<S> {
    pub x: Array2<S>,
    pub c: Array1<S>,
}

/// Adds the gradient of the decision layers to `gradient`, whose first number stands at `from` in the flat vector;
/// returns that of the inputs where `from` reaches the embeddings.
pub fn reverse<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    (x, c): (ArrayView2<S>, ArrayView1<S>),
    activations: &Activations<S>,
    d_output: &Array1<S>,
    gradient: &mut [S],
    from: usize,
) -> Option<InputGradient<S>> {
    let first = layout.layers.iter().position(|layer| layer.start >= from).unwrap_or(layout.layers.len());
    let deltas = deltas(layout, theta, activations, d_output, first);
    for (k, delta) in (first..).zip(&deltas) {
        let place = layout.layers[k];
        let d_bias = delta.sum_axis(Axis(0));
        let mut d_weight = weight_mut(&mut gradient[place.weight().start - from..], place.outputs, place.inputs);
        match k {
            0 => {
                let (mut d_weight_x, mut d_weight_c) = d_weight.split_at(Axis(1), layout.item_width);
                add(&mut d_weight_x, &S::matmul(delta.t(), x));
                add(&mut d_weight_c, &S::matmul(d_bias.view().insert_axis(Axis(1)), c.insert_axis(Axis(0))));
            }
            _ => add(&mut d_weight, &S::matmul(delta.t(), activations.hidden[k - 1].view())),
        }
        add_to(&mut gradient[place.bias().start - from..], d_bias.iter());
    }
    let d_output = d_output.view().insert_axis(Axis(1));
    if layout.architecture.linear {
        let d_linear = S::matmul(x.t(), d_output);
        add_to(&mut gradient[layout.start(Scope::Linear) - from..], d_linear.iter());
    }
    (from < layout.start(Scope::Decision)).then(|| inputs(layout, theta, &deltas, d_output))
}

/// ∂loss/∂(x, c) from the first layer's deltas and ∂loss/∂output (examples × 1).
pub fn inputs<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    deltas: &[Array2<S>],
    d_output: ArrayView2<S>,
) -> InputGradient<S> {
    let mut d_x = match linear(layout, theta) {
        Some(v) => S::matmul(d_output, v.insert_axis(Axis(0))),
        None => Array2::zeros((d_output.nrows(), layout.item_width)),
    };
    let mut d_c = Array1::zeros(layout.user_width);
    if let Some(delta) = deltas.first() {
        let (weight_x, weight_c) = layer(layout, theta, 0).0.split_at(Axis(1), layout.item_width);
        d_x.zip_mut_with(&S::matmul(delta.view(), weight_x), |d, &g| *d += g);
        let d_user = delta.sum_axis(Axis(0));
        d_c = S::matmul(d_user.view().insert_axis(Axis(0)), weight_c).remove_axis(Axis(0));
    }
    InputGradient { x: d_x, c: d_c }
}

fn linear<'a, S>(layout: &Layout, theta: &'a [S]) -> Option<ArrayView1<'a, S>> {
    let start = layout.start(Scope::Linear);
    layout.architecture.linear.then(|| ArrayView1::from(&theta[start..start + layout.item_width]))
}

fn layer<'a, S>(layout: &Layout, theta: &'a [S], k: usize) -> (ArrayView2<'a, S>, ArrayView1<'a, S>) {
    let layer = layout.layers[k];
    let weight = ArrayView2::from_shape((layer.outputs, layer.inputs), &theta[layer.weight()]);
    (weight.expect("the range has the shape's length"), ArrayView1::from(&theta[layer.bias()]))
}

fn weight_mut<S>(gradient: &mut [S], outputs: usize, inputs: usize) -> ArrayViewMut2<'_, S> {
    ArrayViewMut2::from_shape((outputs, inputs), &mut gradient[..outputs * inputs])
        .expect("the slice has the shape's length")
}

fn add<S: Scalar>(to: &mut ArrayViewMut2<S>, from: &Array2<S>) {
    to.zip_mut_with(from, |to, &from| *to += from);
}

fn add_to<'a, S: Scalar>(to: &mut [S], from: impl Iterator<Item = &'a S>) {
    to.iter_mut().zip(from).for_each(|(to, &from)| *to += from);
}
