//! What a model reads: which embedding rows belong to which example.

use crate::layout::{Layout, LayoutError};
use crate::order;
use crate::parameters::Parameters;
use alloc::vec::Vec;
use core::ops::{AddAssign, Range};

/// Embedding rows of one feature field, for any number of entities: entity i has the rows `get(i)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    rows: Vec<u32>,
    /// Where each entity's rows end.
    ends: Vec<u32>,
}

impl Rows {
    /// One row for each entity: its own number.
    pub fn identity(entities: usize) -> Self {
        Self { rows: (0..entities as u32).collect(), ends: (1..entities as u32 + 1).collect() }
    }

    /// Lists as [`Rows::all`] and [`Rows::ends`] give them; `None` where the ends do not fit.
    pub fn from_parts(rows: Vec<u32>, ends: Vec<u32>) -> Option<Self> {
        let fits = ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == rows.len();
        fits.then_some(Self { rows, ends })
    }

    /// Appends an entity.
    pub fn push(&mut self, rows: &[u32]) {
        self.rows.extend_from_slice(rows);
        self.ends.push(self.rows.len() as u32);
    }

    /// The rows of entity `i`.
    pub fn get(&self, i: usize) -> &[u32] {
        &self.rows[self.range(i)]
    }

    /// Gives entity `i` other rows.
    pub fn replace(&mut self, i: usize, rows: &[u32]) {
        let former = self.range(i);
        let (more, fewer) = (rows.len() as u32, former.len() as u32);
        self.rows.splice(former, rows.iter().copied());
        self.ends[i..].iter_mut().for_each(|end| *end = *end + more - fewer);
    }

    /// Where the rows of entity `i` lie among all.
    fn range(&self, i: usize) -> Range<usize> {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        start as usize..self.ends[i] as usize
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All rows of all entities, one after the other.
    pub fn all(&self) -> &[u32] {
        &self.rows
    }

    /// Where each entity's rows end in [`Rows::all`].
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }
}

impl<'a> FromIterator<&'a [u32]> for Rows {
    fn from_iter<I: IntoIterator<Item = &'a [u32]>>(entities: I) -> Self {
        let mut rows = Self::default();
        entities.into_iter().for_each(|entity| rows.push(entity));
        rows
    }
}

/// Items by their features: per item field the rows of every item, and each item's own row in the tables of biases and
/// starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    pub fields: Vec<Rows>,
    pub bias: Vec<u32>,
}

impl Items {
    /// The items at `positions`, in that order.
    pub fn select(&self, positions: impl Iterator<Item = usize> + Clone) -> Self {
        Self {
            fields: self.fields.iter().map(|rows| positions.clone().map(|i| rows.get(i)).collect()).collect(),
            bias: positions.map(|i| self.bias[i]).collect(),
        }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.bias.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bias.is_empty()
    }
}

/// A user by their features: per user field the rows that apply.
pub type User = Vec<Vec<u32>>;

/// Items with what one user said of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    pub items: Items,
    /// On the scale of the loss: a rating, or a probability.
    pub labels: Vec<f32>,
}

impl Examples {
    /// No examples, in the shape that a model expects.
    pub fn nothing(layout: &Layout) -> Self {
        let fields = vec![Rows::default(); layout.architecture.item_fields.len()];
        Self { items: Items { fields, bias: Vec::new() }, labels: Vec::new() }
    }
}

/// One user: examples to adapt on, and examples to be judged on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub user: User,
    pub support: Examples,
    pub query: Examples,
}

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
            let mut lists = [&mut task.support.items.fields[f].rows, &mut task.query.items.fields[f].rows];
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
