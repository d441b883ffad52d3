//! Read the tensors of a weights file, which is untrusted.
//!
//! As in [`crate::compact::node`], single reads do not fail: the first tensor that is not as expected is recorded, and read
//! as an empty one.

use super::error::{BundleError, BundleErrorKind};
use super::tensors::{self, FileTensor};
use super::write_tensors::scale_name;
use crate::compact::decimal::Decimal;
use crate::compact::json::Parse;
use crate::compact::node::join;
use crate::math::scalar::Scalar;
use crate::network::parameters::StoredTensor;
use half::f16;
use std::sync::Arc;

/// A weights file, and its tensors that were not read yet.
pub(super) struct Reader<'a> {
    file: &'a str,
    bytes: &'a Arc<Vec<u8>>,
    unread: Vec<FileTensor<'a>>,
    /// The largest absolute value of a number.
    pub limit: f32,
    /// The first error.
    error: Option<BundleError>,
}

impl<'a> Reader<'a> {
    /// Read the header of the file.
    pub(super) fn new(file: &'a str, bytes: &'a Arc<Vec<u8>>, parse: Parse) -> Result<Self, BundleError> {
        let tensors = tensors::read(bytes, parse);
        let unread = tensors.map_err(|reason| BundleError::new(file, "header", BundleErrorKind::Syntax(reason)))?;
        Ok(Self { file, bytes, unread, limit: f32::MAX, error: None })
    }

    /// Take a tensor that was not read yet.
    fn tensor(&mut self, name: &str) -> Option<FileTensor<'a>> {
        let index = self.unread.iter().position(|tensor| tensor.name == name);
        if index.is_none() {
            self.fail(name, BundleErrorKind::Missing);
        }
        index.map(|index| self.unread.remove(index))
    }

    /// Read a tensor of parameters; a table in bytes is not decoded.
    pub(super) fn stored(&mut self, name: &str, shape: &[usize]) -> StoredTensor {
        let Some(tensor) = self.tensor(name) else { return StoredTensor::F32(Vec::new()) };
        match *shape {
            [rows, width] if tensor.is("I8", shape) => {
                let scales = self.numbers(&scale_name(name), &[rows]);
                StoredTensor::Int8 { file: self.bytes.clone(), offset: tensor.offset, scales, width }
            }
            _ => StoredTensor::F32(self.floats(&tensor, shape)),
        }
    }

    /// Read the numbers of a tensor.
    pub(super) fn numbers(&mut self, name: &str, shape: &[usize]) -> Vec<f32> {
        self.tensor(name).map_or(Vec::new(), |tensor| self.floats(&tensor, shape))
    }

    /// Return the numbers of `tensor`, which must be within the limit.
    fn floats(&mut self, tensor: &FileTensor<'_>, shape: &[usize]) -> Vec<f32> {
        let numbers: Vec<f32> = if tensor.is("F32", shape) {
            tensor.words().map(f32::from_bits).collect()
        } else if tensor.is("F16", shape) {
            tensor.data.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()
        } else {
            self.misshaped(tensor, format!("F32 or F16 {}", tensors::shape(shape)));
            return Vec::new();
        };
        if let Some(index) = numbers.iter().position(|x| !(-self.limit..=self.limit).contains(x)) {
            let value = numbers[index];
            match value.is_finite() {
                true => self.out_of_range(&tensor.name, value, -self.limit),
                false => self.fail(&tensor.name, BundleErrorKind::NotFinite { index, value }),
            }
        }
        numbers
    }

    /// Read a list of lists, of these lengths: numbers, or bytes with a scale for each list.
    pub(super) fn lists(&mut self, name: &str, lengths: &[u32]) -> Vec<f32> {
        let shape = [lengths.iter().map(|&length| length as usize).sum()];
        let Some(tensor) = self.tensor(name) else { return Vec::new() };
        if !tensor.is("I8", &shape) {
            return self.floats(&tensor, &shape);
        }
        let scales = self.numbers(&scale_name(name), &[lengths.len()]);
        let (mut numbers, mut start) = (vec![0.0; shape[0]], 0);
        for (&length, scale) in lengths.iter().zip(scales) {
            let list = start..start + length as usize;
            f32::dequantise(&mut numbers[list.clone()], &tensor.data[list], scale);
            start += length as usize;
        }
        numbers
    }

    /// Read a list of whole numbers of one of the types `dtypes`: `U8`, `U16` or `U32`.
    pub(super) fn list(&mut self, name: &str, dtypes: &[&str]) -> Vec<u32> {
        let Some(tensor) = self.tensor(name) else { return Vec::new() };
        if tensor.shape.len() != 1 || !dtypes.iter().any(|dtype| tensor.is(dtype, &tensor.shape)) {
            self.misshaped(&tensor, format!("{}, a list", join(dtypes, " or ")));
            return Vec::new();
        }
        let size = tensor.data.len() / tensor.shape[0].max(1);
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte));
        tensor.data.chunks_exact(size.max(1)).map(number).collect()
    }

    /// Check that `rows` are below the number of rows of their table.
    pub(super) fn check_rows(&mut self, name: &str, rows: &[u32], table: usize) {
        if let Some(row) = rows.iter().find(|&&row| row as usize >= table) {
            let (found, expected) = (format!("row {row}"), format!("rows below {table}"));
            self.fail(name, BundleErrorKind::Range { found, expected });
        }
    }

    /// Check that all tensors were read.
    pub(super) fn finish(mut self) -> Result<(), BundleError> {
        if let Some(tensor) = self.unread.pop() {
            self.fail(&tensor.name, BundleErrorKind::Unexpected);
        }
        self.check()
    }

    /// Return the recorded error.
    pub(super) fn check(&mut self) -> Result<(), BundleError> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// Record that a tensor has not the shape and type `expected`.
    fn misshaped(&mut self, tensor: &FileTensor<'_>, expected: String) {
        let found = format!("{} {}", tensor.dtype, tensors::shape(&tensor.shape));
        self.fail(&tensor.name, BundleErrorKind::Shape { found, expected });
    }

    /// Record that a number of a tensor is not from `min` to the limit.
    pub(super) fn out_of_range(&mut self, name: &str, number: f32, min: f32) {
        let expected = format!("numbers from {} to {}", Decimal::from(min), Decimal::from(self.limit));
        self.fail(name, BundleErrorKind::Range { found: Decimal::from(number).to_string(), expected });
    }

    /// Record an error of a tensor, if it is the first one.
    pub(super) fn fail(&mut self, name: &str, kind: BundleErrorKind) {
        self.error.get_or_insert_with(|| BundleError::new(self.file, name, kind));
    }
}
