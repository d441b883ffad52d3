//! What a model reads: which embedding rows belong to which example.

use crate::network::layout::Layout;
use std::ops::Range;

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

    /// As [`Rows::all`], to renumber them.
    pub(crate) fn all_mut(&mut self) -> &mut Vec<u32> {
        &mut self.rows
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
    pub fn none(layout: &Layout) -> Self {
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
