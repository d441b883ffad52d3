//! Where a model's numbers are kept: in one flat vector while it learns, or tensor by tensor as a bundle stores them,
//! large tables in a byte per number.

use crate::math::scalar::Scalar;
use crate::network::layout::Layout;
use std::ops::Range;
use std::sync::Arc;

/// The flat vector of [`Layout`], however it is kept.
pub trait Parameters {
    /// The `len` numbers from `start` on, which lie within one tensor, and in whole rows where it is a table.
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_>;
}

impl Parameters for Vec<f32> {
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_> {
        Numbers::Single(&self[start..][..len])
    }
}

/// A stretch of numbers.
#[derive(Clone, Copy, Debug)]
pub enum Numbers<'a> {
    Single(&'a [f32]),
    /// Rows of bytes between −127 and 127, each with its own scale: what a byte of 1 means.
    Bytes {
        bytes: &'a [u8],
        scales: &'a [f32],
    },
}

impl<'a> Numbers<'a> {
    /// Appends all of them to `as_slice`.
    pub fn append_to(self, numbers: &mut Vec<f32>) {
        match self {
            Numbers::Single(single) => numbers.extend_from_slice(single),
            Numbers::Bytes { bytes, scales } => {
                let (start, width) = (numbers.len(), bytes.len() / scales.len().max(1));
                numbers.resize(start + bytes.len(), 0.0);
                let rows = numbers[start..].chunks_exact_mut(width.max(1)).zip(bytes.chunks_exact(width.max(1)));
                for ((row, bytes), &scale) in rows.zip(scales) {
                    f32::scaled(row, bytes, scale);
                }
            }
        }
    }

    /// These rows of a table of `width` columns; `buffer` is for those that have to be decoded.
    pub fn rows<'b>(self, width: usize, rows: Range<usize>, buffer: &'b mut Vec<f32>) -> &'b [f32]
    where
        'a: 'b,
    {
        match self {
            Numbers::Single(single) => &single[rows.start * width..rows.end * width],
            Numbers::Bytes { bytes, scales } => {
                let bytes = &bytes[rows.start * width..rows.end * width];
                buffer.clear();
                Numbers::Bytes { bytes, scales: &scales[rows] }.append_to(buffer);
                buffer
            }
        }
    }
}

/// The numbers of a model's tensors, as a bundle stores them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shipped {
    /// Each with its start in the flat vector, ascending.
    tensors: Vec<(usize, Kept)>,
}

/// The numbers of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kept {
    Single(Vec<f32>),
    /// A table; its bytes stay where they arrived, as they are most of what a device keeps in memory.
    Bytes {
        file: Arc<Vec<u8>>,
        start: usize,
        scales: Vec<f32>,
        width: usize,
    },
}

impl Shipped {
    /// Of each of the layout's tensors its numbers.
    pub(crate) fn new(layout: &Layout, kept: Vec<Kept>) -> Self {
        Self { tensors: layout.tensors.iter().map(|tensor| tensor.start).zip(kept).collect() }
    }

    /// Of the flat vector of a model.
    pub fn of(layout: &Layout, theta: &[f32]) -> Self {
        Self::new(layout, layout.tensors.iter().map(|tensor| Kept::Single(theta[tensor.range()].to_vec())).collect())
    }
}

impl Parameters for Shipped {
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_> {
        let place = self.tensors.partition_point(|(first, _)| *first <= start) - 1;
        let (first, kept) = &self.tensors[place];
        let from = start - first;
        match kept {
            Kept::Single(numbers) => Numbers::Single(&numbers[from..][..len]),
            Kept::Bytes { file, start, scales, width } => {
                let bytes = &file[start + from..][..len];
                Numbers::Bytes { bytes, scales: &scales[from / width..][..len / width] }
            }
        }
    }
}
