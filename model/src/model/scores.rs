//! The whole catalogue of a folded model at once: block by block, each small enough to stay in a processor's cache, so
//! that nothing but the scores grows with the catalogue.

use crate::math::matrix::{as_mut_slice, column, column_mut, matrix, matrix_mut};
use crate::math::scalar::Scalar;
use crate::model::{Adapted, Model};
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::folded::BLOCK;
use crate::network::forward as network;
use crate::network::mlp::{Activations, first_weight};
use crate::network::parameters::Parameters;
use ndarray::{ArrayView2, Axis};
use std::ops::Range;

/// The most products that are kept: a quarter of a gigabyte.
const MAX_PRODUCTS: usize = 1 << 26;

/// What the first decision layer makes of all item vectors before any local update, (items × width), computed once.
///
/// A local update on K answers moves that layer by a matrix of rank K at most, where all parameters share one rate α:
/// W ← W − α·ΔᵀX_S, with the summed deltas Δ of the answers and their item vectors X_S. So the products of an item with
/// the moved layer are those from before less α·(x·X_Sᵀ)·Δ: K numbers per item and unit in place of the item's width.
#[derive(Clone, Debug, PartialEq)]
pub struct Products {
    numbers: Vec<f32>,
    /// α; none where the first layer stays as it is.
    rate: Option<f32>,
}

impl<P: Parameters> Model<P> {
    /// The products of all items; none where they would not help: without a network, where parameters move at rates
    /// of their own, or where a device has too many items for them, as it has where it keeps these in bytes.
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

    /// What is to be expected of all items, on the scale: of those that the model was folded over, or, where embeddings
    /// move, of the query that `adapted` was made for.
    pub fn predict_all(&self, adapted: &Adapted, products: Option<&Products>) -> Vec<f32> {
        let Adapted { layout, theta, task, .. } = adapted;
        if self.update.scope() == Scope::All {
            return self.ratings(network::forward(layout, theta, &task.user, &task.query.items).prediction);
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

/// The first layer after a local update, by [`Products`].
struct FirstLayer<'a> {
    products: &'a [f32],
    /// X_S, (answers × item width).
    support: Vec<f32>,
    /// −α·Δ, and below it what the layer adds for every item, its bias and the visitor's share (answers + 1 × outputs).
    moved: Vec<f32>,
    /// x·X_Sᵀ of a block, and beside it a one for every item (items × answers + 1).
    shares: Vec<f32>,
}

impl<'a> FirstLayer<'a> {
    fn new(products: &'a Products, adapted: &Adapted, c: &[f32]) -> Self {
        let Adapted { layout, theta, task, first_layer_deltas: first } = adapted;
        let mut shift = theta[layout.layers[0].bias()].to_vec();
        let (_, weight_c) = first_weight(layout, theta);
        f32::add_product(weight_c, column(c), column_mut(&mut shift));
        let (mut support, mut moved) = (Vec::new(), Vec::new());
        if let Some(rate) = products.rate.filter(|_| !first.is_empty()) {
            support = embedding::items(layout, theta, &task.support.items.fields).into_raw_vec_and_offset().0;
            moved.extend(first.iter().map(|delta| -rate * delta));
        }
        moved.append(&mut shift);
        Self { products: &products.numbers, support, moved, shares: Vec::new() }
    }

    /// Puts what the layer makes of the items `x` in this block, after the ReLU, into `outputs`.
    fn update(&mut self, block: Range<usize>, x: ArrayView2<f32>, outputs: &mut [f32]) {
        let (rows, width) = (block.len(), outputs.len() / block.len());
        outputs.copy_from_slice(&self.products[block.start * width..block.end * width]);
        let terms = self.moved.len() / width;
        self.shares.clear();
        self.shares.resize(rows * terms, 0.0);
        self.shares.iter_mut().skip(terms - 1).step_by(terms).for_each(|one| *one = 1.0);
        let support = matrix(terms - 1, x.ncols(), &self.support);
        let (of_answers, _) = matrix_mut(rows, terms, &mut self.shares).split_at(Axis(1), terms - 1);
        f32::add_product(x, support.t(), of_answers);
        let (shares, moved) = (matrix(rows, terms, &self.shares), matrix(terms, width, &self.moved));
        f32::add_product(shares, moved, matrix_mut(rows, width, outputs));
        f32::relu(outputs);
    }
}
