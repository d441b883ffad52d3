//! Storage of a model's parameters: one flat vector while training, or tensor by tensor as a bundle has them, with large
//! tables in a byte per number.

use super::layout::Layout;
use crate::math::scalar::Scalar;
use std::ops::Range;
use std::sync::Arc;

/// The parameters of a [`Layout`], in any storage.
pub trait Parameters {
    /// Return the `len` parameters from `offset` on. They must lie within one tensor, and be whole rows of a table.
    ///
    /// # Panics
    /// Where they exceed the tensor.
    fn slice(&self, offset: usize, len: usize) -> StoredSlice<'_>;
}

impl Parameters for Vec<f32> {
    fn slice(&self, offset: usize, len: usize) -> StoredSlice<'_> {
        StoredSlice::F32(&self[offset..][..len])
    }
}

/// Consecutive parameters of a tensor, as they are stored.
#[derive(Clone, Copy, Debug)]
pub enum StoredSlice<'a> {
    /// Floating-point numbers.
    F32(&'a [f32]),
    /// Rows of signed bytes from −127 to 127, each with a scale that its bytes are multiplied with.
    Int8 {
        /// The bytes, row-major.
        bytes: &'a [u8],
        /// The scales, one per row.
        scales: &'a [f32],
    },
}

impl<'a> StoredSlice<'a> {
    /// Append the parameters to `numbers`.
    pub fn append_to(self, numbers: &mut Vec<f32>) {
        match self {
            StoredSlice::F32(single) => numbers.extend_from_slice(single),
            StoredSlice::Int8 { bytes, scales } => {
                let (start, width) = (numbers.len(), bytes.len() / scales.len().max(1));
                numbers.resize(start + bytes.len(), 0.0);
                let rows = numbers[start..].chunks_exact_mut(width.max(1)).zip(bytes.chunks_exact(width.max(1)));
                for ((row, bytes), &scale) in rows.zip(scales) {
                    f32::dequantise(row, bytes, scale);
                }
            }
        }
    }

    /// Return these rows of a table with `width` columns, row-major. They are written to `buffer` where they are stored in
    /// bytes.
    ///
    /// # Panics
    /// Where a row lies outside the table.
    pub fn rows<'b>(self, width: usize, rows: Range<usize>, buffer: &'b mut Vec<f32>) -> &'b [f32]
    where
        'a: 'b,
    {
        match self {
            StoredSlice::F32(single) => &single[rows.start * width..rows.end * width],
            StoredSlice::Int8 { bytes, scales } => {
                let bytes = &bytes[rows.start * width..rows.end * width];
                buffer.clear();
                StoredSlice::Int8 { bytes, scales: &scales[rows] }.append_to(buffer);
                buffer
            }
        }
    }
}

/// Parameters that are stored tensor by tensor, as a bundle has them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredParameters {
    /// The tensors with their offsets in the flat vector, ascending.
    tensors: Vec<(usize, StoredTensor)>,
}

/// The parameters of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum StoredTensor {
    /// Floating-point numbers.
    F32(Vec<f32>),
    /// A table in bytes. The bytes are not copied out of the weights file, as they are most of it.
    Int8 {
        /// The weights file.
        file: Arc<Vec<u8>>,
        /// The index of the table's first byte in the file.
        offset: usize,
        /// The scales, one per row.
        scales: Vec<f32>,
        /// The number of columns.
        width: usize,
    },
}

impl StoredParameters {
    /// Create parameters from the tensors of `layout`, in its order.
    pub(crate) fn new(layout: &Layout, tensors: Vec<StoredTensor>) -> Self {
        Self { tensors: layout.tensors.iter().map(|tensor| tensor.offset).zip(tensors).collect() }
    }

    /// Copy the flat vector `theta`.
    ///
    /// # Panics
    /// Where it is shorter than `layout`.
    pub fn from_flat(layout: &Layout, theta: &[f32]) -> Self {
        let tensors = layout.tensors.iter().map(|tensor| StoredTensor::F32(theta[tensor.range()].to_vec()));
        Self::new(layout, tensors.collect())
    }
}

impl Parameters for StoredParameters {
    fn slice(&self, offset: usize, len: usize) -> StoredSlice<'_> {
        let index = self.tensors.partition_point(|(first, _)| *first <= offset) - 1;
        let (first, tensor) = &self.tensors[index];
        let from = offset - first;
        match tensor {
            StoredTensor::F32(numbers) => StoredSlice::F32(&numbers[from..][..len]),
            StoredTensor::Int8 { file, offset, scales, width } => {
                let bytes = &file[offset + from..][..len];
                StoredSlice::Int8 { bytes, scales: &scales[from / width..][..len / width] }
            }
        }
    }
}
