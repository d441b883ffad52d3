//! Decision layers θ₂: v·x + MLP([x ; c]) for item vectors x and one user vector c, forward and in reverse.

use crate::layout::{Layout, Scope};
use crate::linalg::{add, column, matrix, numbers, numbers_mut, owned, zeros};
use crate::scalar::Scalar;
use alloc::vec::Vec;
use ndarray::{Array2, ArrayView2, Axis};

/// What the forward pass keeps for the reverse pass.
pub struct Activations<S> {
    /// Per hidden layer, (examples × width), after the ReLU.
    pub hidden: Vec<Array2<S>>,
    /// One number per example.
    pub output: Vec<S>,
}

/// Decides on `x` (examples × item width) for a user `c` (user width).
pub fn forward<S: Scalar>(layout: &Layout, theta: &[S], x: ArrayView2<S>, c: &[S]) -> Activations<S> {
    let mut output = vec![S::zero(); x.nrows()];
    if let Some(v) = linear(layout, theta) {
        add(&mut output, numbers(&S::matmul(x, column(v))));
    }
    let mut hidden: Vec<Array2<S>> = Vec::with_capacity(layout.layers.len());
    for k in 0..layout.layers.len() {
        let (weight, bias) = layer(layout, theta, k);
        let mut shift = bias.to_vec();
        let mut z = match hidden.last() {
            // The user's share of the first layer is the same for all items: computed once.
            None => {
                let (weight_x, weight_c) = weight.split_at(Axis(1), layout.item_width);
                add(&mut shift, numbers(&S::matmul(weight_c, column(c))));
                S::matmul(x, weight_x.t())
            }
            Some(a) => S::matmul(a.view(), weight.t()),
        };
        numbers_mut(&mut z).chunks_exact_mut(shift.len()).for_each(|z| add(z, &shift));
        if k + 1 < layout.layers.len() {
            gate(&mut z, None);
            hidden.push(z);
        } else {
            add(&mut output, numbers(&z));
        }
    }
    Activations { hidden, output }
}

/// Closes, in `z`, every ReLU that is not open in `activations`, or in `z` itself.
fn gate<S: Scalar>(z: &mut Array2<S>, activations: Option<&Array2<S>>) {
    let activations = activations.map(numbers);
    for (i, z) in numbers_mut(z).iter_mut().enumerate() {
        let open = activations.map_or(*z, |a| a[i]);
        *z = if open.is_positive() { *z } else { S::zero() };
    }
}

/// ∂loss/∂(input of the ReLU) of the layers from `first` on, (examples × width) each, from ∂loss/∂output.
pub fn deltas<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    activations: &Activations<S>,
    d_output: &[S],
    first: usize,
) -> Vec<Array2<S>> {
    let count = layout.layers.len();
    let mut deltas: Vec<Array2<S>> = Vec::with_capacity(count);
    for k in (first..count).rev() {
        let delta = match deltas.last() {
            None => owned(d_output.len(), 1, d_output.to_vec()),
            Some(next) => {
                let (weight, _) = layer(layout, theta, k + 1);
                let mut delta = S::matmul(next.view(), weight);
                gate(&mut delta, Some(&activations.hidden[k]));
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
    pub c: Vec<S>,
}

/// Adds the gradient of the decision layers to `gradient`, whose first number stands at `from` in the flat vector;
/// returns that of the inputs where `from` reaches the embeddings.
pub fn reverse<S: Scalar>(
    layout: &Layout,
    theta: &[S],
    (x, c): (ArrayView2<S>, &[S]),
    activations: &Activations<S>,
    d_output: &[S],
    gradient: &mut [S],
    from: usize,
) -> Option<InputGradient<S>> {
    let first = layout.layers.iter().position(|layer| layer.start >= from).unwrap_or(layout.layers.len());
    let deltas = deltas(layout, theta, activations, d_output, first);
    for (k, delta) in (first..).zip(&deltas) {
        let place = layout.layers[k];
        let d_bias = column_sums(delta);
        let d_weight = &mut gradient[place.weight().start - from..][..place.inputs * place.outputs];
        if k == 0 {
            let d_weight_x = S::matmul(delta.t(), x);
            let shares = numbers(&d_weight_x).chunks_exact(layout.item_width).zip(&d_bias);
            for (row, (share_x, &d)) in d_weight.chunks_exact_mut(place.inputs).zip(shares) {
                add(row, share_x);
                row[layout.item_width..].iter_mut().zip(c).for_each(|(weight, &c)| *weight += d * c);
            }
        } else {
            add(d_weight, numbers(&S::matmul(delta.t(), activations.hidden[k - 1].view())));
        }
        add(&mut gradient[place.bias().start - from..], &d_bias);
    }
    if layout.architecture.linear {
        add(&mut gradient[layout.start(Scope::Linear) - from..], numbers(&S::matmul(x.t(), column(d_output))));
    }
    (from < layout.start(Scope::Decision)).then(|| inputs(layout, theta, &deltas, d_output))
}

/// ∂loss/∂(x, c) from the first layer's deltas and ∂loss/∂output.
pub fn inputs<S: Scalar>(layout: &Layout, theta: &[S], deltas: &[Array2<S>], d_output: &[S]) -> InputGradient<S> {
    let mut d_x = match linear(layout, theta) {
        Some(v) => S::matmul(column(d_output), matrix(1, v.len(), v)),
        None => zeros(d_output.len(), layout.item_width),
    };
    let mut d_c = vec![S::zero(); layout.user_width];
    if let Some(delta) = deltas.first() {
        let (weight_x, weight_c) = layer(layout, theta, 0).0.split_at(Axis(1), layout.item_width);
        add(numbers_mut(&mut d_x), numbers(&S::matmul(delta.view(), weight_x)));
        add(&mut d_c, numbers(&S::matmul(weight_c.t(), column(&column_sums(delta)))));
    }
    InputGradient { x: d_x, c: d_c }
}

fn linear<'a, S>(layout: &Layout, theta: &'a [S]) -> Option<&'a [S]> {
    let start = layout.start(Scope::Linear);
    layout.architecture.linear.then(|| &theta[start..start + layout.item_width])
}

fn layer<'a, S>(layout: &Layout, theta: &'a [S], k: usize) -> (ArrayView2<'a, S>, &'a [S]) {
    let layer = layout.layers[k];
    (matrix(layer.outputs, layer.inputs, &theta[layer.weight()]), &theta[layer.bias()])
}

fn column_sums<S: Scalar>(a: &Array2<S>) -> Vec<S> {
    let mut sums = vec![S::zero(); a.ncols()];
    numbers(a).chunks_exact(a.ncols()).for_each(|row| add(&mut sums, row));
    sums
}
