//! The choice half as a batch reads it: folded item tables, and the other parameters.

use super::items::ItemRows;
use super::layout::Layout;
use fewclicks_model::math::scalar::Real;
use ndarray::ArrayView2;
use std::ops::Range;

/// The number of items in a block. Threads share the blocks between them; sums have the order of blocks, whatever the number
/// of threads.
pub const BLOCK: usize = 256;

/// The parameters with folded item tables.
#[derive(Debug)]
pub struct Net<'a, S> {
    /// Where the parameters lie.
    pub layout: &'a Layout,
    /// All parameters.
    pub theta: &'a [S],
    /// The item vectors and then the encoders, (items × width) each.
    pub tables: Vec<Vec<S>>,
    /// b, (items).
    pub bias: Vec<S>,
}

impl<'a, S: Real> Net<'a, S> {
    /// Fold the tables for `items`.
    pub fn new(layout: &'a Layout, theta: &'a [S], items: &ItemRows) -> Self {
        let tables = layout.tables.iter().map(|table| items.fold(table, theta)).collect();
        Self { layout, theta, tables, bias: items.fold(&layout.bias, theta) }
    }

    /// Return the blocks of items.
    pub fn blocks(&self) -> Vec<Range<usize>> {
        let items = self.bias.len();
        (0..items).step_by(BLOCK).map(|start| start..items.min(start + BLOCK)).collect()
    }

    /// Return the vectors of a block, (items × width).
    pub fn vectors(&self, block: &Range<usize>) -> ArrayView2<'_, S> {
        let width = self.layout.width;
        let numbers = &self.tables[0][block.start * width..block.end * width];
        ArrayView2::from_shape((block.len(), width), numbers).expect("items × width numbers")
    }

    /// Return the row of an item in a folded table.
    pub fn row(&self, table: usize, item: u32) -> &[S] {
        &self.tables[table][item as usize * self.layout.width..][..self.layout.width]
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

    /// Return the tables that answers are read by, in the order of their gates: encoders, and then the item vectors.
    pub fn readers(&self) -> impl Iterator<Item = (usize, &'a Range<usize>)> {
        let tables = (1..self.layout.tables.len()).chain(self.layout.own.then_some(0));
        tables.zip(&self.layout.gates)
    }
}
