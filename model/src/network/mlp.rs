//! The decision layers θ₂ and the linear path: v·x + MLP([x ; c]) for item vectors x and one user vector c, with the
//! reverse pass. The results of either pass are reused as memory by the next one over as many examples, so that only the
//! first step of a local update allocates.

use crate::math::matrix::{add, as_mut_slice, as_slice, column, column_mut, matrix, matrix_mut, zeros};
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::layout::Layout;
use ndarray::{Array2, ArrayView2, Axis};
use num_traits::Zero;

/// The results of a forward pass.
#[derive(Clone, Debug)]
pub struct Activations<S> {
    /// For each hidden layer the output of its ReLU, (examples × width).
    pub hidden: Vec<Array2<S>>,
    /// The output v·x + MLP([x ; c]), (examples).
    pub output: Vec<S>,
}

impl<S: Scalar> Activations<S> {
    /// Allocate the results for this number of examples.
    pub(crate) fn new(layout: &Layout, examples: usize) -> Self {
        Self { hidden: hidden(layout, examples), output: vec![S::zero(); examples] }
    }

    /// Do the forward pass on item vectors `x` (examples × item width) and a user vector `c` (user width). The outputs of
    /// the layers before `first` are reused.
    pub(crate) fn update(&mut self, layout: &Layout, theta: &[S], x: ArrayView2<S>, c: &[S], first: usize) {
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
                // The first layer's product with the user vector is the same for all items.
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

/// The results of a reverse pass.
#[derive(Clone, Debug)]
pub(crate) struct Deltas<S: Scalar> {
    /// For each hidden layer ∂loss/∂(input of its ReLU), (examples × width).
    pub(crate) hidden: Vec<Array2<S>>,
    /// ∂loss/∂x, (examples × item width), where the gradient includes embeddings.
    pub(crate) x: Array2<S::Slope>,
    /// ∂loss/∂c, (user width), where the gradient includes embeddings.
    pub(crate) c: Vec<S::Slope>,
    /// ∂loss/∂bias of one layer, as long as the widest.
    bias: Vec<S>,
}

impl<S: Scalar> Deltas<S> {
    /// Allocate the results for this number of examples.
    pub(crate) fn new(layout: &Layout, examples: usize) -> Self {
        let widest = layout.layers.iter().map(|layer| layer.outputs).max().unwrap_or(0);
        Self {
            hidden: hidden(layout, examples),
            x: zeros(examples, layout.item_width),
            c: vec![Zero::zero(); layout.user_width],
            bias: vec![S::zero(); widest],
        }
    }

    /// Compute the results of the hidden layers from `first` on, given ∂loss/∂output.
    pub(crate) fn update(
        &mut self,
        layout: &Layout,
        theta: &[S],
        activations: &Activations<S>,
        d_output: &[S],
        first: usize,
    ) {
        for k in (first..self.hidden.len()).rev() {
            let (delta, after) = self.hidden[k..].split_at_mut(1);
            let after = after.first().map_or(column(d_output), |delta| delta.view());
            let delta = as_mut_slice(&mut delta[0]);
            delta.fill(S::zero());
            let (weight, _) = layer(layout, theta, k + 1);
            S::add_product(after, weight, matrix_mut(d_output.len(), weight.ncols(), delta));
            let outputs = as_slice(&activations.hidden[k]);
            delta.iter_mut().zip(outputs).for_each(|(delta, &output)| *delta = relu_reverse(*delta, output));
        }
    }

    /// Add the gradient by decision layers and linear path to `gradient`, which begins at the parameter `from`. Where it
    /// includes embeddings, compute that by the inputs too.
    #[allow(clippy::too_many_arguments, reason = "a forward pass and all its inputs")]
    pub(crate) fn reverse(
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
        let includes_embeddings = from < layout.offset(Scope::Decision);
        if includes_embeddings {
            as_mut_slice(&mut self.x).fill(Zero::zero());
            self.c.fill(Zero::zero());
        }
        for k in first..layout.layers.len() {
            let layer = layout.layers[k];
            let delta = self.hidden.get(k).map_or(column(d_output), |delta| delta.view());
            let d_bias = &mut self.bias[..layer.outputs];
            d_bias.fill(S::zero());
            let rows = delta.to_slice().expect("deltas are row-major");
            rows.chunks_exact(layer.outputs).for_each(|row| add(d_bias, row));
            let bias_gradient = gradient[layer.bias().start - from..].iter_mut();
            bias_gradient.zip(&*d_bias).for_each(|(sum, d)| *sum += d.slope());
            let d_weight = &mut gradient[layer.weight().start - from..][..layer.inputs * layer.outputs];
            let d_weight = matrix_mut(layer.outputs, layer.inputs, d_weight);
            if k > 0 {
                S::add_slopes(delta.t(), activations.hidden[k - 1].view(), d_weight);
                continue;
            }
            let (d_weight_x, d_weight_c) = d_weight.split_at(Axis(1), layout.item_width);
            S::add_slopes(delta.t(), x, d_weight_x);
            S::add_slopes(column(d_bias), column(c).reversed_axes(), d_weight_c);
            if includes_embeddings {
                let (weight_x, weight_c) = first_weight(layout, theta);
                S::add_slopes(delta, weight_x, self.x.view_mut());
                S::add_slopes(weight_c.reversed_axes(), column(d_bias), column_mut(&mut self.c));
            }
        }
        if let Some(v) = linear(layout, theta) {
            let d_linear = &mut gradient[layout.offset(Scope::Linear) - from..];
            S::add_slopes(x.reversed_axes(), column(d_output), column_mut(d_linear));
            if includes_embeddings {
                S::add_slopes(column(d_output), column(v).reversed_axes(), self.x.view_mut());
            }
        }
    }
}

/// Return the index of the first layer whose parameters are at `from` or after it; the number of layers where none is.
pub(crate) fn first_layer(layout: &Layout, from: usize) -> usize {
    layout.layers.iter().take_while(|layer| layer.offset < from).count()
}

/// Return the first layer's weights, for the item vector (outputs × item width) and for the user vector
/// (outputs × user width).
pub(crate) fn first_weight<'a, S>(layout: &Layout, theta: &'a [S]) -> (ArrayView2<'a, S>, ArrayView2<'a, S>) {
    layer(layout, theta, 0).0.split_at(Axis(1), layout.item_width)
}

/// Return the derivative by the input of a ReLU, given its output and the derivative by that.
fn relu_reverse<S: Scalar>(d_output: S, output: S) -> S {
    if output.is_positive() { d_output } else { S::zero() }
}

/// Return a matrix of zeros for each hidden layer, (examples × width).
fn hidden<S: Scalar>(layout: &Layout, examples: usize) -> Vec<Array2<S>> {
    layout.architecture.hidden.iter().map(|&width| zeros(examples, width)).collect()
}

/// Return the linear path v, (item width); `None` where the model has none.
pub(crate) fn linear<'a, S>(layout: &Layout, theta: &'a [S]) -> Option<&'a [S]> {
    let start = layout.offset(Scope::Linear);
    layout.architecture.linear.then(|| &theta[start..start + layout.item_width])
}

/// Return weights (outputs × inputs) and biases (outputs) of layer `k`.
fn layer<'a, S>(layout: &Layout, theta: &'a [S], k: usize) -> (ArrayView2<'a, S>, &'a [S]) {
    let layer = layout.layers[k];
    (matrix(layer.outputs, layer.inputs, &theta[layer.weight()]), &theta[layer.bias()])
}
