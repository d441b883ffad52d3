//! The part of a model that one task uses, as a small model.

use super::layout::{Layout, Role, Side};
use super::parameters::Parameters;
use super::task::Task;
use crate::math::sort::sort_distinct;
use std::ops::AddAssign;

/// A small model of the parameters that one task uses.
///
/// A catalogue has tens of thousands of embedding rows, a task some hundred. With these alone the cost of a task and the
/// size of its gradient do not depend on the size of the catalogue.
#[derive(Clone, Debug)]
pub struct Submodel {
    /// The layout of the small model.
    pub layout: Layout,
    /// The ranges (offset, length) of the whole model's flat vector that make up the small one's, in order.
    ranges: Vec<(usize, usize)>,
}

impl Submodel {
    /// Lay out the submodel that `task` uses of the model with the layout `whole`, and renumber the rows of the task for it.
    ///
    /// # Panics
    /// Where the task has fewer fields than `whole`.
    pub fn new(whole: &Layout, task: &mut Task) -> Self {
        let Task { user, support, query } = task;
        let mut used = Vec::with_capacity(whole.tables.len());
        for (support, query) in support.items.fields.iter_mut().zip(&mut query.items.fields) {
            used.push(renumber(&mut [support.all_mut(), query.all_mut()]));
        }
        for rows in user {
            used.push(renumber(&mut [rows]));
        }
        let bias = renumber(&mut [&mut support.items.bias, &mut query.items.bias]);
        let counts: Vec<usize> = used.iter().map(Vec::len).collect();
        let ranges = ranges(whole, &used, &bias);
        Self { layout: whole.with_rows(&counts, bias.len()), ranges }
    }

    /// Return the ranges (offset, length) of the whole model's flat vector that make up the small one's, in order.
    pub fn ranges(&self) -> &[(usize, usize)] {
        &self.ranges
    }

    /// Return the numbers of the small model out of `whole`, which has those of the whole model's parameters from `offset`
    /// on.
    ///
    /// # Panics
    /// Where `whole` is shorter than the whole model.
    pub fn take<T: Copy>(&self, whole: &[T], offset: usize) -> Vec<T> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= offset) {
            small.extend_from_slice(&whole[from - offset..][..len]);
        }
        small
    }

    /// Return the parameters of the small model out of those of the whole model, in any storage.
    ///
    /// # Panics
    /// Where the parameters do not have the layout of the whole model.
    pub fn gather(&self, whole: &impl Parameters) -> Vec<f32> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in &self.ranges {
            whole.slice(from, len).append_to(&mut small);
        }
        small
    }

    /// Add the numbers of the small model to those of `whole`: the reverse of [`Submodel::take`].
    ///
    /// # Panics
    /// Where `whole` is shorter than the whole model.
    pub fn add<T: Copy + AddAssign>(&self, whole: &mut [T], offset: usize, small: &[T]) {
        let mut small = small.iter();
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= offset) {
            whole[from - offset..][..len].iter_mut().zip(small.by_ref()).for_each(|(whole, &small)| *whole += small);
        }
    }
}

/// Replace each row by its index among the distinct rows of all lists, and return these in ascending order; row 0 where
/// there is none.
fn renumber(lists: &mut [&mut Vec<u32>]) -> Vec<u32> {
    let mut distinct = Vec::new();
    lists.iter().for_each(|list| distinct.extend_from_slice(list));
    sort_distinct(&mut distinct);
    for row in lists.iter_mut().flat_map(|list| list.iter_mut()) {
        *row = distinct.partition_point(|&d| d < *row) as u32;
    }
    if distinct.is_empty() {
        distinct.push(0);
    }
    distinct
}

/// Return the ranges (offset, length) of the flat vector of `whole` with the parameters that are used.
fn ranges(whole: &Layout, used: &[Vec<u32>], bias: &[u32]) -> Vec<(usize, usize)> {
    let item_fields = whole.architecture.item_fields.len();
    let mut ranges = Vec::new();
    for tensor in &whole.tensors {
        let rows = match tensor.role {
            Role::ItemBias | Role::ImplicitFeedback => bias,
            Role::Embedding(Side::Item, field) => &used[field],
            Role::Embedding(Side::User, field) => &used[item_fields + field],
            Role::Mean | Role::LayerWeight(_) | Role::LayerBias(_) | Role::Linear => {
                ranges.push((tensor.offset, tensor.range().len()));
                continue;
            }
        };
        let width = tensor.shape.get(1).copied().unwrap_or(1);
        ranges.extend(rows.iter().map(|&row| (tensor.offset + row as usize * width, width)));
    }
    ranges
}
