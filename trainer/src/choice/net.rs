//! The choice half as a batch reads it: folded item vectors, and the other parameters.

use super::items::ItemRows;
use super::layout::Layout;
use crate::ranks;
use fewclicks_model::math::scalar::Real;
use ndarray::ArrayView2;
use std::ops::Range;

/// The number of items in a block. Ranks and their threads share the blocks between them; sums have the order of blocks, whatever
/// the number of these.
pub const BLOCK: usize = 256;

/// The parameters with folded item vectors.
#[derive(Debug)]
pub struct Net<'a, S> {
    /// Where the parameters lie.
    pub layout: &'a Layout,
    /// All parameters.
    pub theta: &'a [S],
    /// V, (items × width).
    pub vectors: Vec<S>,
    /// b, (items).
    pub bias: Vec<S>,
}

impl<'a, S: Real> Net<'a, S> {
    /// Fold the tables for `items`.
    pub fn new(layout: &'a Layout, theta: &'a [S], items: &ItemRows) -> Self {
        Self { layout, theta, vectors: items.fold(&layout.vectors, theta), bias: items.fold(&layout.bias, theta) }
    }

    /// Return the blocks of items.
    pub fn blocks(&self) -> Vec<Range<usize>> {
        let items = self.bias.len();
        (0..items).step_by(BLOCK).map(|start| start..items.min(start + BLOCK)).collect()
    }

    /// Return the blocks of this rank.
    pub fn own_blocks(&self) -> Vec<Range<usize>> {
        let blocks = self.blocks();
        blocks[ranks::share(blocks.len())].to_vec()
    }

    /// Return the items of the blocks of this rank.
    pub fn own_items(&self) -> Range<usize> {
        let blocks = self.own_blocks();
        blocks.first().map_or(0, |block| block.start)..blocks.last().map_or(0, |block| block.end)
    }

    /// Return the vectors of a block, (items × width).
    pub fn block(&self, block: &Range<usize>) -> ArrayView2<'_, S> {
        let width = self.layout.width;
        let numbers = &self.vectors[block.start * width..block.end * width];
        ArrayView2::from_shape((block.len(), width), numbers).expect("items × width numbers")
    }

    /// Return the vector of an item.
    pub fn vector(&self, item: u32) -> &[S] {
        &self.vectors[item as usize * self.layout.width..][..self.layout.width]
    }

    /// Return row `i` of parameters with rows of the width of vectors.
    pub fn part(&self, range: &Range<usize>, i: usize) -> &[S] {
        &self.theta[range.clone()][i * self.layout.width..][..self.layout.width]
    }

    /// Return α of a step.
    pub fn rates(&self, step: usize) -> Vec<S> {
        let scale = self.rate_scale();
        self.part(&self.layout.rates, step).iter().map(|&rate| rate * scale).collect()
    }

    /// Return √width, by which rates are larger than their parameters, and so move faster.
    pub fn rate_scale(&self) -> S {
        S::constant((self.layout.width as f64).sqrt())
    }

    /// Return 1 / (n + κ) for n answers.
    pub fn step_scale(&self, answers: usize) -> S {
        S::one() / (S::constant(answers as f64) + self.theta[self.layout.kappa].softplus())
    }
}
