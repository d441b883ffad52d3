//! What every item of a folded model has of its own: a vector, and where the model has biases one of these.

use super::layout::Layout;
use super::parameters::{Numbers, Parameters};
use crate::math::matrix::matrix;
use ndarray::ArrayView2;
use std::ops::Range;

/// Items at a time: few enough to stay in a processor's cache.
pub const BLOCK: usize = 256;

/// The items of a folded model ([`crate::model::Model::fold`]).
#[derive(Debug)]
pub struct FoldedItems<'a> {
    /// Item vectors, (items × width).
    vectors: Numbers<'a>,
    width: usize,
    count: usize,
    /// bᵢ, one per item, or none at all.
    bias: Vec<f32>,
}

impl<'a> FoldedItems<'a> {
    /// The items of a folded model with this layout and these parameters.
    pub fn new(layout: &Layout, theta: &'a impl Parameters) -> Self {
        debug_assert_eq!(layout.architecture.item_fields.len(), 1, "a folded model has one table");
        let (count, width) = (layout.architecture.item_fields[0].rows, layout.item_width);
        let mut bias = Vec::new();
        if let Some((_, items)) = layout.bias() {
            theta.numbers(items.start, items.len()).append_to(&mut bias);
        }
        Self { vectors: theta.numbers(layout.tables[0], count * width), width, count, bias }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// bᵢ, one per item, or none at all.
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// Whether the vectors are stored in a byte per number.
    pub fn in_bytes(&self) -> bool {
        matches!(self.vectors, Numbers::Int8 { .. })
    }

    /// Call `visit` with all item vectors, block by block: the items' positions and their vectors (items × width).
    pub fn for_each_block(&self, visit: &mut dyn FnMut(Range<usize>, ArrayView2<'_, f32>)) {
        let mut buffer = Vec::new();
        for start in (0..self.count).step_by(BLOCK) {
            let block = start..self.count.min(start + BLOCK);
            let vectors = self.vectors.rows(self.width, block.clone(), &mut buffer);
            visit(block.clone(), matrix(block.len(), self.width, vectors));
        }
    }
}
