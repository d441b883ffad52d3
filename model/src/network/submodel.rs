//! The part of a model that one task touches.

use super::layout::{Layout, LayoutError};
use super::parameters::Parameters;
use super::task::Task;
use crate::compact::order;
use std::ops::AddAssign;

/// The few parameters that one task touches, out of all of a model's: a small model of its own.
///
/// A catalogue has tens of thousands of embedding rows and a task some hundred; working on these alone makes a task's
/// cost independent of the catalogue's size, and its gradient small.
#[derive(Clone, Debug)]
pub struct Gathered {
    pub layout: Layout,
    /// What the small model's flat vector is made of: stretches (start, length) of the whole one's, in order.
    stretches: Vec<(usize, usize)>,
}

impl Gathered {
    /// Gathers what `task` touches and renumbers the task's rows to match.
    ///
    /// # Errors
    /// Never for a task whose rows lie within `whole`, except where that is itself too large.
    pub fn new(whole: &Layout, task: &mut Task) -> Result<Self, LayoutError> {
        let item_fields = whole.architecture.item_fields.len();
        let mut touched = Vec::with_capacity(whole.tables.len());
        for f in 0..item_fields {
            let mut lists = [task.support.items.fields[f].all_mut(), task.query.items.fields[f].all_mut()];
            touched.push(renumber(&mut lists));
        }
        for rows in &mut task.user {
            touched.push(renumber(&mut [rows]));
        }
        let bias = renumber(&mut [&mut task.support.items.bias, &mut task.query.items.bias]);
        let counts: Vec<usize> = touched.iter().map(Vec::len).collect();
        let layout = whole.with_rows(&counts, bias.len())?;
        let stretches = stretches(whole, &touched, &bias);
        Ok(Self { layout, stretches })
    }

    /// The stretches (start, length) of the whole model's flat vector that make the small one's, in order.
    pub fn stretches(&self) -> &[(usize, usize)] {
        &self.stretches
    }

    /// The small model's numbers out of the whole one's, of the suffix that starts at `start` (0: of everything).
    pub fn take<T: Copy>(&self, whole: &[T], start: usize) -> Vec<T> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in self.stretches.iter().filter(|stretch| stretch.0 >= start) {
            small.extend_from_slice(&whole[from - start..][..len]);
        }
        small
    }

    /// As [`Gathered::take`], of all of a model's parameters, however they are kept.
    pub fn gather(&self, whole: &impl Parameters) -> Vec<f32> {
        let mut small = Vec::with_capacity(self.layout.len());
        for &(from, len) in &self.stretches {
            whole.numbers(from, len).append_to(&mut small);
        }
        small
    }

    /// The reverse of [`Gathered::take`]: adds the small model's numbers to the whole one's.
    pub fn add<T: Copy + AddAssign>(&self, whole: &mut [T], start: usize, small: &[T]) {
        let mut small = small.iter();
        for &(from, len) in self.stretches.iter().filter(|stretch| stretch.0 >= start) {
            whole[from - start..][..len].iter_mut().zip(small.by_ref()).for_each(|(whole, &small)| *whole += small);
        }
    }
}

/// Replaces every row by its place among the distinct rows of all lists; returns these, ascending and never none.
fn renumber(lists: &mut [&mut Vec<u32>]) -> Vec<u32> {
    let mut rows = Vec::new();
    lists.iter().for_each(|list| rows.extend_from_slice(list));
    let mut distinct = order::ascending(rows);
    distinct.dedup();
    for row in lists.iter_mut().flat_map(|list| list.iter_mut()) {
        *row = distinct.partition_point(|&d| d < *row) as u32;
    }
    if distinct.is_empty() {
        distinct.push(0);
    }
    distinct
}

fn stretches(whole: &Layout, touched: &[Vec<u32>], bias: &[u32]) -> Vec<(usize, usize)> {
    let mut stretches = Vec::new();
    let mut tables = touched.iter();
    for tensor in &whole.tensors {
        let rows = match tensor.name.as_str() {
            "item_bias" | "start" => Some(bias),
            name if name.starts_with("embedding.") => tables.next().map(Vec::as_slice),
            _ => None,
        };
        match rows {
            Some(rows) => {
                let width = tensor.shape.get(1).copied().unwrap_or(1);
                stretches.extend(rows.iter().map(|&row| (tensor.start + row as usize * width, width)));
            }
            None => stretches.push((tensor.start, tensor.range().len())),
        }
    }
    stretches
}
