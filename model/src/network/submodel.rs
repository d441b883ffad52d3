//! The part of a model that one task touches.

use super::layout::{Layout, Role, Side};
use super::parameters::Parameters;
use super::task::Task;
use std::ops::AddAssign;

/// The parameters that one task touches, out of all of a model's: a small model of its own.
///
/// A catalogue has tens of thousands of embedding rows and a task some hundred; working on these alone makes a task's
/// cost independent of the catalogue's size, and its gradient small.
#[derive(Clone, Debug)]
pub struct Submodel {
    /// Where the small model's parameters lie.
    pub layout: Layout,
    /// What the small model's flat vector is made of: ranges (start, length) of the whole one's, in order.
    ranges: Vec<(usize, usize)>,
}

impl Submodel {
    /// Take what `task` touches out of the model laid out as `whole`, and renumber the task's rows to match.
    ///
    /// # Panics
    /// Where the task has fewer fields than `whole`.
    pub fn new(whole: &Layout, task: &mut Task) -> Self {
        let Task { user, support, query } = task;
        let mut touched = Vec::with_capacity(whole.tables.len());
        for (support, query) in support.items.fields.iter_mut().zip(&mut query.items.fields) {
            touched.push(renumber(&mut [support.all_mut(), query.all_mut()]));
        }
        for rows in user {
            touched.push(renumber(&mut [rows]));
        }
        let bias = renumber(&mut [&mut support.items.bias, &mut query.items.bias]);
        let counts: Vec<usize> = touched.iter().map(Vec::len).collect();
        let ranges = ranges(whole, &touched, &bias);
        Self { layout: whole.with_rows(&counts, bias.len()), ranges }
    }

    /// The ranges (start, length) of the whole model's flat vector that make up the small one's, in order.
    pub fn ranges(&self) -> &[(usize, usize)] {
        &self.ranges
    }

    /// Copy the small model's numbers out of the whole one's, which are those from the index `start` on.
    pub fn take<T: Copy>(&self, whole: &[T], start: usize) -> Vec<T> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= start) {
            small.extend_from_slice(&whole[from - start..][..len]);
        }
        small
    }

    /// Copy the small model's parameters out of the whole one's, however they are stored.
    pub fn gather(&self, whole: &impl Parameters) -> Vec<f32> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in &self.ranges {
            whole.numbers(from, len).append_to(&mut small);
        }
        small
    }

    /// Add the small model's numbers to the whole one's: the reverse of [`Submodel::take`].
    pub fn add<T: Copy + AddAssign>(&self, whole: &mut [T], start: usize, small: &[T]) {
        let mut small = small.iter();
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= start) {
            whole[from - start..][..len].iter_mut().zip(small.by_ref()).for_each(|(whole, &small)| *whole += small);
        }
    }
}

/// Replace every row by its index among the distinct rows of all lists; return these in ascending order, at least one.
fn renumber(lists: &mut [&mut Vec<u32>]) -> Vec<u32> {
    let mut distinct = Vec::new();
    lists.iter().for_each(|list| distinct.extend_from_slice(list));
    distinct.sort_unstable();
    distinct.dedup();
    for row in lists.iter_mut().flat_map(|list| list.iter_mut()) {
        *row = distinct.partition_point(|&d| d < *row) as u32;
    }
    if distinct.is_empty() {
        distinct.push(0);
    }
    distinct
}

fn ranges(whole: &Layout, touched: &[Vec<u32>], bias: &[u32]) -> Vec<(usize, usize)> {
    let item_fields = whole.architecture.item_fields.len();
    let mut ranges = Vec::new();
    for tensor in &whole.tensors {
        let rows = match tensor.role {
            Role::ItemBias | Role::ImplicitFeedback => bias,
            Role::Embedding(Side::Item, field) => &touched[field],
            Role::Embedding(Side::User, field) => &touched[item_fields + field],
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
