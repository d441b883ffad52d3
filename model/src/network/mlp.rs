//! Decision layers θ₂: v·x + MLP([x ; c]) for item vectors x and one user vector c, forward and in reverse. What either
//! pass leaves is room for the next over as many examples: of all steps of a local update the first alone allocates.

use crate::math::matrix::{add, as_mut_slice, as_slice, column, column_mut, matrix, matrix_mut, zeros};
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::layout::Layout;
use ndarray::{Array2, ArrayView2, Axis};
use num_traits::Zero;

/// What the forward pass keeps for the reverse pass.
pub struct Activations<S> {
    /// Per hidden layer, (examples × width), after the ReLU.
    pub hidden: Vec<Array2<S>>,
    /// One number per example.
    pub output: Vec<S>,
}

impl<S: Scalar> Activations<S> {
    /// Room for those of `examples`.
    pub fn new(layout: &Layout, examples: usize) -> Self {
        Self { hidden: hidden(layout, examples), output: vec![S::zero(); examples] }
    }

    /// Decides on `x` (examples × item width) for a user `c` (user width). The layers before `first` decide as they did
    /// last time.
    pub fn update(&mut self, layout: &Layout, theta: &[S], x: ArrayView2<S>, c: &[S], first: usize) {
        self.output.fill(S::zero());
        let hidden = self.hidden.len();
        for k in first.min(hidden)..layout.layers.len() {
            let (weight, bias) = layer(layout, theta, k);
            let (before, z) = self.hidden.split_at_mut(k);
            let z = z.first_mut().map_or(self.output.as_mut_slice(), as_mut_slice);
            let mut rows = z.chunks_exact_mut(bias.len());
            let Some(shift) = rows.next() else { continue };
            shift.copy_from_slice(bias);
            let (inputs, weight) = match before.last() {
                // The user's share of the first layer is the same for all items: computed once.
                None => {
                    let (weight_x, weight_c) = weight.split_at(Axis(1), layout.item_width);
                    S::add_product(weight_c, column(c), column_mut(shift));
                    (x, weight_x)
                }
                Some(a) => (a.view(), weight),
            };
            rows.for_each(|row| row.copy_from_slice(shift));
            S::add_product(inputs, weight.t(), matrix_mut(x.nrows(), bias.len(), z));
            if k < hidden {
                S::relu(z);
            }
        }
        if let Some(v) = linear(layout, theta) {
            S::add_product(x, column(v), column_mut(&mut self.output));
        }
    }
}

/// What the reverse pass leaves.
pub struct Deltas<S: Scalar> {
    /// Per hidden layer ∂loss/∂(input of its ReLU), (examples × width).
    pub hidden: Vec<Array2<S>>,
    /// ∂loss/∂x (examples × item width) and ∂loss/∂c (user width), where they were asked for.
    pub x: Array2<S::Slope>,
    pub c: Vec<S::Slope>,
    /// ∂loss/∂bias of one layer.
    bias: Vec<S>,
}

impl<S: Scalar> Deltas<S> {
    /// Room for those of `examples`.
    pub fn new(layout: &Layout, examples: usize) -> Self {
        let widest = layout.layers.iter().map(|layer| layer.outputs).max().unwrap_or(0);
        Self {
            hidden: hidden(layout, examples),
            x: zeros(examples, layout.item_width),
            c: vec![Zero::zero(); layout.user_width],
            bias: vec![S::zero(); widest],
        }
    }

    /// Those of the hidden layers from `first` on, from ∂loss/∂output.
    pub fn update(&mut self, layout: &Layout, theta: &[S], activations: &Activations<S>, d_output: &[S], first: usize) {
        for k in (first..self.hidden.len()).rev() {
            let (delta, after) = self.hidden[k..].split_at_mut(1);
            let after = after.first().map_or(column(d_output), |delta| delta.view());
            let delta = as_mut_slice(&mut delta[0]);
            delta.fill(S::zero());
            let (weight, _) = layer(layout, theta, k + 1);
            S::add_product(after, weight, matrix_mut(d_output.len(), weight.ncols(), delta));
            let open = as_slice(&activations.hidden[k]);
            delta.iter_mut().zip(open).for_each(|(delta, &open)| *delta = gate(*delta, open));
        }
    }

    /// Adds the gradient of the decision layers to `gradient`, whose first number stands at `from` in the flat vector.
    /// Where `from` reaches the embeddings, that of the inputs is there afterwards too.
    #[allow(clippy::too_many_arguments, reason = "a forward pass and all that went into it")]
    pub fn reverse(
        &mut self,
        layout: &Layout,
        theta: &[S],
        (x, c): (ArrayView2<S>, &[S]),
        activations: &Activations<S>,
        d_output: &[S],
        gradient: &mut [S::Slope],
        from: usize,
    ) {
        let first = first_layer(layout, from);
        self.update(layout, theta, activations, d_output, first);
        let embeds = from < layout.offset(Scope::Decision);
        if embeds {
            as_mut_slice(&mut self.x).fill(Zero::zero());
            self.c.fill(Zero::zero());
        }
        for k in first..layout.layers.len() {
            let place = layout.layers[k];
            let delta = self.hidden.get(k).map_or(column(d_output), |delta| delta.view());
            let d_bias = &mut self.bias[..place.outputs];
            d_bias.fill(S::zero());
            let rows = delta.to_slice().expect("deltas lie row by row");
            rows.chunks_exact(place.outputs).for_each(|row| add(d_bias, row));
            let gradient_of_bias = gradient[place.bias().start - from..].iter_mut();
            gradient_of_bias.zip(&*d_bias).for_each(|(sum, d)| *sum += d.slope());
            let d_weight = &mut gradient[place.weight().start - from..][..place.inputs * place.outputs];
            let d_weight = matrix_mut(place.outputs, place.inputs, d_weight);
            if k > 0 {
                S::add_slopes(delta.t(), activations.hidden[k - 1].view(), d_weight);
                continue;
            }
            let (d_weight_x, d_weight_c) = d_weight.split_at(Axis(1), layout.item_width);
            S::add_slopes(delta.t(), x, d_weight_x);
            S::add_slopes(column(d_bias), column(c).reversed_axes(), d_weight_c);
            if embeds {
                let (weight_x, weight_c) = first_weight(layout, theta);
                S::add_slopes(delta, weight_x, self.x.view_mut());
                S::add_slopes(weight_c.reversed_axes(), column(d_bias), column_mut(&mut self.c));
            }
        }
        if let Some(v) = linear(layout, theta) {
            let d_linear = &mut gradient[layout.offset(Scope::Linear) - from..];
            S::add_slopes(x.reversed_axes(), column(d_output), column_mut(d_linear));
            if embeds {
                S::add_slopes(column(d_output), column(v).reversed_axes(), self.x.view_mut());
            }
        }
    }
}

/// The first layer of those whose parameters lie at `from` or behind it; as many as there are where none does.
pub fn first_layer(layout: &Layout, from: usize) -> usize {
    layout.layers.iter().take_while(|layer| layer.offset < from).count()
}

/// The first layer's weights, of the item vector and of the user vector.
pub fn first_weight<'a, S>(layout: &Layout, theta: &'a [S]) -> (ArrayView2<'a, S>, ArrayView2<'a, S>) {
    layer(layout, theta, 0).0.split_at(Axis(1), layout.item_width)
}

/// `z` where a ReLU lets `open` through.
fn gate<S: Scalar>(z: S, open: S) -> S {
    if open.is_positive() { z } else { S::zero() }
}

/// A matrix of zeros per hidden layer, (examples × width).
fn hidden<S: Scalar>(layout: &Layout, examples: usize) -> Vec<Array2<S>> {
    layout.architecture.hidden.iter().map(|&width| zeros(examples, width)).collect()
}

/// The linear path.
pub fn linear<'a, S>(layout: &Layout, theta: &'a [S]) -> Option<&'a [S]> {
    let start = layout.offset(Scope::Linear);
    layout.architecture.linear.then(|| &theta[start..start + layout.item_width])
}

fn layer<'a, S>(layout: &Layout, theta: &'a [S], k: usize) -> (ArrayView2<'a, S>, &'a [S]) {
    let layer = layout.layers[k];
    (matrix(layer.outputs, layer.inputs, &theta[layer.weight()]), &theta[layer.bias()])
}
