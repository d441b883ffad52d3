//! The inputs of a model: the embedding rows of items and users, and the task of one user.

use crate::network::layout::Layout;
use std::ops::Range;

/// The embedding rows of one feature field for a list of entities, each of which may have several.
///
/// ```
/// use fewclicks_model::Rows;
/// let rows: Rows = [&[1, 2][..], &[0]].into_iter().collect();
/// assert_eq!((rows.len(), rows.get(0), rows.get(1)), (2, &[1, 2][..], &[0][..]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows of all entities, concatenated.
    rows: Vec<u32>,
    /// The end of each entity's rows.
    ends: Vec<u32>,
}

impl Rows {
    /// Return rows where entity i has the one row i.
    pub fn identity(entities: usize) -> Self {
        Self { rows: (0..entities as u32).collect(), ends: (1..entities as u32 + 1).collect() }
    }

    /// Create rows from the lists that [`Rows::all`] and [`Rows::ends`] return; `None` where the ends are not ascending, or
    /// the last one is not the number of rows.
    pub fn from_parts(rows: Vec<u32>, ends: Vec<u32>) -> Option<Self> {
        let fits = ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == rows.len();
        fits.then_some(Self { rows, ends })
    }

    /// Append an entity.
    pub fn push(&mut self, rows: &[u32]) {
        self.rows.extend_from_slice(rows);
        self.ends.push(self.rows.len() as u32);
    }

    /// Return the rows of entity `i`.
    ///
    /// # Panics
    /// Where `i` is not below [`Rows::len`].
    pub fn get(&self, i: usize) -> &[u32] {
        &self.rows[self.range(i)]
    }

    /// Replace the rows of entity `i`.
    ///
    /// # Panics
    /// Where `i` is not below [`Rows::len`].
    pub fn replace(&mut self, i: usize, rows: &[u32]) {
        let former = self.range(i);
        let (more, fewer) = (rows.len() as u32, former.len() as u32);
        self.rows.splice(former, rows.iter().copied());
        self.ends[i..].iter_mut().for_each(|end| *end = *end + more - fewer);
    }

    /// Return the indices of the rows of entity `i` in [`Rows::all`].
    fn range(&self, i: usize) -> Range<usize> {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        start as usize..self.ends[i] as usize
    }

    /// Return the number of entities.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Return whether there are no entities.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Return the rows of all entities, concatenated.
    pub fn all(&self) -> &[u32] {
        &self.rows
    }

    /// As [`Rows::all`], mutable, to renumber rows; the number of rows must not change.
    pub(crate) fn all_mut(&mut self) -> &mut Vec<u32> {
        &mut self.rows
    }

    /// Return the end of each entity's rows in [`Rows::all`].
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

/// Items by their embedding rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    /// For each item field the rows of all items.
    pub fields: Vec<Rows>,
    /// The row of each item in the tables with a row per item: biases and offsets to the linear path.
    pub bias: Vec<u32>,
}

impl Items {
    /// Return the items at `positions`, in that order.
    ///
    /// # Panics
    /// Where a position is not below [`Items::len`].
    pub fn select(&self, positions: impl Iterator<Item = usize> + Clone) -> Self {
        Self {
            fields: self.fields.iter().map(|rows| positions.clone().map(|i| rows.get(i)).collect()).collect(),
            bias: positions.map(|i| self.bias[i]).collect(),
        }
    }

    /// Return the number of items.
    pub fn len(&self) -> usize {
        self.bias.len()
    }

    /// Return whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.bias.is_empty()
    }
}

/// A user: for each user field the embedding rows that apply.
pub type User = Vec<Vec<u32>>;

/// Items with one user's labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// The items.
    pub items: Items,
    /// The labels, one per item, as the loss has them ([`crate::model::scale::Scale::label`]).
    pub labels: Vec<f32>,
}

impl Examples {
    /// Return no examples, with the item fields of `layout`.
    pub fn none(layout: &Layout) -> Self {
        let fields = vec![Rows::default(); layout.architecture.item_fields.len()];
        Self { items: Items { fields, bias: Vec::new() }, labels: Vec::new() }
    }
}

/// The task of one user.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// The user.
    pub user: User,
    /// The support set, on which the model adapts.
    pub support: Examples,
    /// The query set, on which the adapted model is evaluated.
    pub query: Examples,
}
