//! What every item of a folded model has of its own.

use crate::math::matrix::matrix;
use crate::network::parameters::Numbers;
use ndarray::ArrayView2;
use std::ops::Range;

/// Items at a time.
pub const BLOCK: usize = 256;

/// What every item has of its own in a folded model ([`Model::fold`]).
pub struct Folded<'a> {
    /// Item vectors, (items × `width`).
    pub vectors: Numbers<'a>,
    pub width: usize,
    pub count: usize,
    /// One per item, or none at all.
    pub bias: &'a [f32],
}

impl Folded<'_> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Shows all item vectors to `see`, block by block: positions, and their vectors (items × width).
    pub fn each_block(&self, see: &mut dyn FnMut(Range<usize>, ArrayView2<f32>)) {
        let mut buffer = Vec::new();
        for start in (0..self.count).step_by(BLOCK) {
            let block = start..self.count.min(start + BLOCK);
            let vectors = self.vectors.rows(self.width, block.clone(), &mut buffer);
            see(block.clone(), matrix(block.len(), self.width, vectors));
        }
    }
}
