//! Store a model's numbers: in one flat vector while it learns, or tensor by tensor as a bundle has them, large tables
//! in a byte per number.

use super::layout::Layout;
use crate::math::scalar::Scalar;
use std::ops::Range;
use std::sync::Arc;

/// The flat vector of a [`Layout`], however it is stored.
pub trait Parameters {
    /// The `len` numbers from the index `start` on, which lie within one tensor, and in whole rows where that is a table.
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_>;
}

impl Parameters for Vec<f32> {
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_> {
        Numbers::F32(&self[start..][..len])
    }
}

/// Some consecutive numbers of a tensor.
#[derive(Clone, Copy, Debug)]
pub enum Numbers<'a> {
    /// As they are.
    F32(&'a [f32]),
    /// Rows of signed bytes between −127 and 127, each with its own scale: the value of a byte of 1.
    Int8 {
        /// All rows, one after the other.
        bytes: &'a [u8],
        /// One per row.
        scales: &'a [f32],
    },
}

impl<'a> Numbers<'a> {
    /// Append all of them to `numbers`.
    pub fn append_to(self, numbers: &mut Vec<f32>) {
        match self {
            Numbers::F32(single) => numbers.extend_from_slice(single),
            Numbers::Int8 { bytes, scales } => {
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
            Numbers::F32(single) => &single[rows.start * width..rows.end * width],
            Numbers::Int8 { bytes, scales } => {
                let bytes = &bytes[rows.start * width..rows.end * width];
                buffer.clear();
                Numbers::Int8 { bytes, scales: &scales[rows] }.append_to(buffer);
                buffer
            }
        }
    }
}

/// A model's parameters as a bundle stores them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredParameters {
    /// Each with its start in the flat vector, ascending.
    tensors: Vec<(usize, StoredTensor)>,
}

/// The numbers of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StoredTensor {
    F32(Vec<f32>),
    /// A table in bytes, which stay in the file as it was read: they are most of what a device keeps in memory.
    Int8 {
        file: Arc<Vec<u8>>,
        offset: usize,
        scales: Vec<f32>,
        width: usize,
    },
}

impl StoredParameters {
    /// Of each of the layout's tensors its numbers.
    pub(crate) fn new(layout: &Layout, tensors: Vec<StoredTensor>) -> Self {
        Self { tensors: layout.tensors.iter().map(|tensor| tensor.offset).zip(tensors).collect() }
    }

    /// Of the flat vector of a model.
    pub fn from_flat(layout: &Layout, theta: &[f32]) -> Self {
        let tensors = layout.tensors.iter().map(|tensor| StoredTensor::F32(theta[tensor.range()].to_vec()));
        Self::new(layout, tensors.collect())
    }
}

impl Parameters for StoredParameters {
    fn numbers(&self, start: usize, len: usize) -> Numbers<'_> {
        let index = self.tensors.partition_point(|(first, _)| *first <= start) - 1;
        let (first, tensor) = &self.tensors[index];
        let from = start - first;
        match tensor {
            StoredTensor::F32(numbers) => Numbers::F32(&numbers[from..][..len]),
            StoredTensor::Int8 { file, offset, scales, width } => {
                let bytes = &file[offset + from..][..len];
                Numbers::Int8 { bytes, scales: &scales[from / width..][..len / width] }
            }
        }
    }
}
