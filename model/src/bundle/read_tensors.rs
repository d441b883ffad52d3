//! Read the tensors of a weights file, which is untrusted.

use super::error::{BundleError, BundleErrorKind};
use super::tensors::{self, FileTensor};
use super::write_tensors::scale_name;
use crate::compact::json::Parse;
use crate::math::scalar::Scalar;
use crate::network::parameters::StoredTensor;
use half::f16;
use std::sync::Arc;

/// A weights file, and its tensors that were not read yet.
pub(super) struct Reader<'a> {
    file: &'a str,
    bytes: &'a Arc<Vec<u8>>,
    unread: Vec<FileTensor<'a>>,
}

impl<'a> Reader<'a> {
    /// Read the header of the file.
    pub(super) fn new(file: &'a str, bytes: &'a Arc<Vec<u8>>, parse: Parse) -> Result<Self, BundleError> {
        let tensors = tensors::read(bytes, parse);
        let unread = tensors.map_err(|reason| BundleError::new(file, "header", BundleErrorKind::Syntax(reason)))?;
        Ok(Self { file, bytes, unread })
    }

    /// Take a tensor that was not read yet.
    fn tensor(&mut self, name: &str) -> Result<FileTensor<'a>, BundleError> {
        match self.unread.iter().position(|tensor| tensor.name == name) {
            Some(index) => Ok(self.unread.remove(index)),
            None => Err(self.error(name, BundleErrorKind::Missing)),
        }
    }

    /// Read a tensor of parameters; a table in bytes is not decoded.
    pub(super) fn stored(&mut self, name: &str, shape: &[usize]) -> Result<StoredTensor, BundleError> {
        let tensor = self.tensor(name)?;
        match *shape {
            [rows, width] if tensor.is("I8", shape) => {
                let scales = self.numbers(&scale_name(name), &[rows])?;
                Ok(StoredTensor::Int8 { file: self.bytes.clone(), offset: tensor.offset, scales, width })
            }
            _ => self.floats(&tensor, shape).map(StoredTensor::F32),
        }
    }

    /// Read the numbers of a tensor.
    pub(super) fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
        let tensor = self.tensor(name)?;
        self.floats(&tensor, shape)
    }

    /// Return the numbers of `tensor`, which must be finite.
    fn floats(&self, tensor: &FileTensor<'_>, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
        let numbers: Vec<f32> = if tensor.is("F32", shape) {
            tensor.words().map(f32::from_bits).collect()
        } else if tensor.is("F16", shape) {
            tensor.data.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()
        } else {
            return Err(tensor.shape_error(self.file, format!("F32 or F16 {}", tensors::shape(shape))));
        };
        match numbers.iter().position(|x| !x.is_finite()) {
            Some(index) => Err(self.error(&tensor.name, BundleErrorKind::NotFinite { index, value: numbers[index] })),
            None => Ok(numbers),
        }
    }

    /// Read a list of lists, of these lengths: numbers, or bytes with a scale for each list.
    pub(super) fn lists(&mut self, name: &str, lengths: &[u32]) -> Result<Vec<f32>, BundleError> {
        let tensor = self.tensor(name)?;
        let shape = [lengths.iter().map(|&length| length as usize).sum()];
        if !tensor.is("I8", &shape) {
            return self.floats(&tensor, &shape);
        }
        let scales = self.numbers(&scale_name(name), &[lengths.len()])?;
        let (mut numbers, mut bytes) = (vec![0.0; shape[0]], tensor.data);
        let mut rest = numbers.as_mut_slice();
        for (&length, scale) in lengths.iter().zip(scales) {
            let (list, others) = rest.split_at_mut(length as usize);
            f32::dequantise(list, bytes, scale);
            (rest, bytes) = (others, &bytes[length as usize..]);
        }
        Ok(numbers)
    }

    /// Read a list of whole numbers of one of the types `dtypes`: `U8`, `U16` or `U32`.
    pub(super) fn list(&mut self, name: &str, dtypes: &[&str]) -> Result<Vec<u32>, BundleError> {
        let tensor = self.tensor(name)?;
        if tensor.shape.len() != 1 || !dtypes.iter().any(|dtype| tensor.is(dtype, &tensor.shape)) {
            return Err(tensor.shape_error(self.file, format!("{}, a list", dtypes.join(" or "))));
        }
        let size = tensor.data.len() / tensor.shape[0].max(1);
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte));
        Ok(tensor.data.chunks_exact(size.max(1)).map(number).collect())
    }

    /// Check that `rows` are below the number of rows of their table.
    pub(super) fn check_rows(&self, name: &str, rows: &[u32], table: usize) -> Result<(), BundleError> {
        match rows.iter().find(|&&row| row as usize >= table) {
            Some(row) => {
                let (found, expected) = (format!("row {row}"), format!("rows below {table}"));
                Err(self.error(name, BundleErrorKind::Range { found, expected }))
            }
            None => Ok(()),
        }
    }

    /// Check that all tensors were read.
    pub(super) fn finish(self) -> Result<(), BundleError> {
        match self.unread.first() {
            Some(tensor) => Err(self.error(&tensor.name, BundleErrorKind::Unexpected)),
            None => Ok(()),
        }
    }

    /// Return the error of a tensor.
    pub(super) fn error(&self, field: &str, kind: BundleErrorKind) -> BundleError {
        BundleError::new(self.file, field, kind)
    }
}
