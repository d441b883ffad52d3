//! Predict for the whole catalogue of a folded model, in blocks of items that fit a processor's cache. Only the scores
//! take memory in proportion to the catalogue.

use super::adapted::Adapted;
use super::trained::Model;
use crate::math::matrix::{as_mut_slice, column, column_mut, matrix, matrix_mut};
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::folded::BLOCK;
use crate::network::forward::forward;
use crate::network::mlp::{Activations, first_weight};
use crate::network::parameters::Parameters;
use ndarray::{ArrayView2, Axis};
use std::ops::Range;

/// The maximum number of products, a quarter of a gigabyte.
const MAX_PRODUCTS: usize = 1 << 26;

/// The products of all item vectors with the first decision layer before any local update, (items × width).
///
/// Where all parameters share one rate α, a local update on K answers moves that layer by a matrix of rank K at most:
/// W ← W − α·ΔᵀX_S, with the summed deltas Δ (K × width) and the item vectors X_S (K × item width) of the answers. So the
/// products with the moved layer are the products before it minus α·(x·X_Sᵀ)·Δ, for an item in time proportional to K
/// instead of the item width.
#[derive(Clone, Debug, PartialEq)]
pub struct Products {
    /// The products, row-major.
    numbers: Vec<f32>,
    /// α; `None` where the first layer does not move.
    rate: Option<f32>,
}

impl<P: Parameters> Model<P> {
    /// Compute the products of all items of a folded model; `None` where they cannot be used: without decision layers,
    /// where embeddings move, or where rates differ; or where they would take too much memory: for more than a quarter of a
    /// gigabyte, or items that are stored in bytes to save memory.
    pub fn products(&self) -> Option<Products> {
        let layer = self.layout.layers.first()?;
        let rate = match self.update.scope() {
            Scope::All => return None,
            Scope::Decision => Some(*self.rates.first()?),
            Scope::Linear | Scope::Last => None,
        };
        let items = self.folded_items();
        let uniform = rate.is_none_or(|rate| self.rates.iter().all(|&other| other == rate));
        if !uniform || items.is_quantised() {
            return None;
        }
        let mut weight = Vec::new();
        self.theta.slice(layer.offset, layer.weight().len()).append_to(&mut weight);
        let weight = matrix(layer.outputs, layer.inputs, &weight);
        let (weight, _) = weight.split_at(Axis(1), self.layout.item_width);
        let mut numbers = vec![0.0; items.len().checked_mul(layer.outputs).filter(|&size| size <= MAX_PRODUCTS)?];
        items.for_each_block(&mut |block, x| {
            let numbers = &mut numbers[block.start * layer.outputs..block.end * layer.outputs];
            f32::add_product(x, weight.t(), matrix_mut(block.len(), layer.outputs, numbers));
        });
        Some(Products { numbers, rate })
    }

    /// Return the expected ratings on the scale (scores of a softmax model) of all items of a folded model after the local
    /// update `adapted`; where embeddings move, of the query set of `adapted`. `products`, where they are given, save time.
    ///
    /// # Panics
    /// Where `adapted` or `products` are of another model.
    pub fn predict_all(&self, adapted: &Adapted, products: Option<&Products>) -> Vec<f32> {
        let Adapted { layout, theta, task, .. } = adapted;
        if self.update.scope() == Scope::All {
            return self.ratings(forward(layout, theta, &task.user, &task.query.items).prediction);
        }
        let items = self.folded_items();
        let c = embedding::user(layout, theta, &task.user);
        let mut first = products.map(|products| FirstLayer::new(products, adapted, &c));
        let mean = layout.bias().map_or(0.0, |(mean, _)| theta[mean]);
        let mut activations = Activations::new(layout, BLOCK);
        let mut scores = Vec::with_capacity(items.len());
        items.for_each_block(&mut |block, x| {
            if block.len() < BLOCK {
                activations = Activations::new(layout, block.len());
            }
            if let Some(first) = &mut first {
                first.update(block.clone(), x, as_mut_slice(&mut activations.hidden[0]));
            }
            activations.update(layout, theta, x, &c, usize::from(first.is_some()));
            scores.extend_from_slice(&activations.output);
            if let Some(bias) = items.bias().get(block.clone()) {
                scores[block].iter_mut().zip(bias).for_each(|(y, bias)| *y += mean + bias);
            }
        });
        self.ratings(scores)
    }
}

/// The first decision layer after a local update, computed from [`Products`].
struct FirstLayer<'a> {
    /// The products before the update, (items × outputs).
    products: &'a [f32],
    /// X_S, (answers × item width).
    support: Vec<f32>,
    /// −α·Δ, with the shift of all items as the last row: bias and product with the user vector, (answers + 1 × outputs).
    terms: Vec<f32>,
    /// x·X_Sᵀ of a block, with ones as the last column, (items × answers + 1).
    coefficients: Vec<f32>,
}

impl<'a> FirstLayer<'a> {
    /// Prepare the layer for a user vector `c`.
    fn new(products: &'a Products, adapted: &Adapted, c: &[f32]) -> Self {
        let Adapted { layout, theta, task, first_layer_deltas: deltas } = adapted;
        let mut shift = theta[layout.layers[0].bias()].to_vec();
        let (_, weight_c) = first_weight(layout, theta);
        f32::add_product(weight_c, column(c), column_mut(&mut shift));
        let (mut support, mut terms) = (Vec::new(), Vec::new());
        if let Some(rate) = products.rate.filter(|_| !deltas.is_empty()) {
            support = embedding::items(layout, theta, &task.support.items.fields).into_raw_vec_and_offset().0;
            terms.extend(deltas.iter().map(|delta| -rate * delta));
        }
        terms.append(&mut shift);
        Self { products: &products.numbers, support, terms, coefficients: Vec::new() }
    }

    /// Compute the outputs of the layer after the ReLU for the item vectors `x` of a block.
    fn update(&mut self, block: Range<usize>, x: ArrayView2<f32>, outputs: &mut [f32]) {
        let (rows, width) = (block.len(), outputs.len() / block.len());
        outputs.copy_from_slice(&self.products[block.start * width..block.end * width]);
        let count = self.terms.len() / width;
        self.coefficients.clear();
        self.coefficients.resize(rows * count, 0.0);
        self.coefficients.iter_mut().skip(count - 1).step_by(count).for_each(|one| *one = 1.0);
        let support = matrix(count - 1, x.ncols(), &self.support);
        let (of_answers, _) = matrix_mut(rows, count, &mut self.coefficients).split_at(Axis(1), count - 1);
        f32::add_product(x, support.t(), of_answers);
        let coefficients = matrix(rows, count, &self.coefficients);
        let terms = matrix(count, width, &self.terms);
        f32::add_product(coefficients, terms, matrix_mut(rows, width, outputs));
        f32::relu(outputs);
    }
}
