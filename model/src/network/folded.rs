//! The item vectors and biases of a folded model.

use super::layout::Layout;
use super::parameters::{Parameters, StoredSlice};
use crate::math::matrix::matrix;
use ndarray::ArrayView2;
use std::ops::Range;

/// The number of items in a block, whose vectors fit a processor's cache.
pub(crate) const BLOCK: usize = 256;

/// The item vectors and biases of a folded model ([`crate::model::Model::fold`]).
#[derive(Debug)]
pub struct FoldedItems<'a> {
    /// Item vectors, (items × width).
    vectors: StoredSlice<'a>,
    width: usize,
    count: usize,
    /// Item biases bᵢ, (items); empty where the model has none.
    bias: Vec<f32>,
}

impl<'a> FoldedItems<'a> {
    /// Take the items of a folded model out of its parameters.
    pub fn new(layout: &Layout, theta: &'a impl Parameters) -> Self {
        debug_assert_eq!(layout.architecture.item_fields.len(), 1, "a folded model has one table");
        let (count, width) = (layout.architecture.item_fields[0].rows, layout.item_width);
        let mut bias = Vec::new();
        if let Some((_, items)) = layout.bias() {
            theta.slice(items.start, items.len()).append_to(&mut bias);
        }
        Self { vectors: theta.slice(layout.tables[0], count * width), width, count, bias }
    }

    /// Return the number of items.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Return whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Return the item biases bᵢ, (items); an empty slice where the model has none.
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// Call `visit` for each block of items with their positions and their item vectors (block × width).
    pub fn for_each_block(&self, visit: &mut dyn FnMut(Range<usize>, ArrayView2<'_, f32>)) {
        let mut buffer = Vec::new();
        for start in (0..self.count).step_by(BLOCK) {
            let block = start..self.count.min(start + BLOCK);
            let vectors = self.vectors.rows(self.width, block.clone(), &mut buffer);
            visit(block.clone(), matrix(block.len(), self.width, vectors));
        }
    }
}
