//! A table with a row of numbers per item.

use crate::network::parameters::{StoredSlice, StoredTensor};
use std::borrow::Cow;
use std::ops::Range;

/// The maximum number of floats that a table in bytes is converted to, 64 MiB.
const MAX_FLOATS: usize = 1 << 24;

/// A table of numbers, row-major, stored as 4-byte floats or in a byte per number.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub(crate) width: usize,
    pub(crate) rows: usize,
    pub(crate) tensor: StoredTensor,
}

impl Table {
    /// Create a table of `numbers`, (rows × width).
    ///
    /// # Panics
    /// Where `width` is 0, or `numbers` are not whole rows.
    pub fn new(width: usize, numbers: Vec<f32>) -> Self {
        assert!(width > 0 && numbers.len().is_multiple_of(width), "a table has whole rows");
        Self { width, rows: numbers.len() / width, tensor: StoredTensor::F32(numbers) }
    }

    /// Take a tensor with this number of columns. Bytes are converted to floats, which are faster to read, unless the table is large.
    pub(crate) fn stored(width: usize, tensor: StoredTensor) -> Self {
        let rows = match &tensor {
            StoredTensor::F32(numbers) => numbers.len() / width,
            StoredTensor::Int8 { scales, .. } => scales.len(),
        };
        let mut table = Self { width, rows, tensor };
        if matches!(table.tensor, StoredTensor::Int8 { .. }) && rows * width <= MAX_FLOATS {
            let mut numbers = Vec::new();
            table.slice().append_to(&mut numbers);
            table.tensor = StoredTensor::F32(numbers);
        }
        table
    }

    /// Return all numbers.
    fn slice(&self) -> StoredSlice<'_> {
        match &self.tensor {
            StoredTensor::F32(numbers) => StoredSlice::F32(numbers),
            StoredTensor::Int8 { file, offset, scales, .. } => {
                StoredSlice::Int8 { bytes: &file[*offset..][..self.rows * self.width], scales }
            }
        }
    }

    /// Return the number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Return the number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Return whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Return these rows, row-major; they are written to `buffer` where they are stored in bytes.
    ///
    /// # Panics
    /// Where a row lies outside the table.
    pub fn rows<'a>(&'a self, rows: Range<usize>, buffer: &'a mut Vec<f32>) -> &'a [f32] {
        self.slice().rows(self.width, rows, buffer)
    }

    /// Return row `i`; it is not copied where it is stored as floats.
    ///
    /// # Panics
    /// Where it lies outside the table.
    pub fn row(&self, i: usize) -> Cow<'_, [f32]> {
        match &self.tensor {
            StoredTensor::F32(numbers) => Cow::Borrowed(&numbers[i * self.width..(i + 1) * self.width]),
            StoredTensor::Int8 { .. } => {
                let mut row = Vec::new();
                self.rows(i..i + 1, &mut row);
                Cow::Owned(row)
            }
        }
    }
}
