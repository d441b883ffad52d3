//! Write the tensors of a weights file, in safetensors format.

use half::f16;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};

/// The storage of floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Four bytes per number.
    F32,
    /// Two bytes per number.
    F16,
    /// One byte per number and a scale per row for tables with a row per item; two bytes per number for others.
    Int8,
}

/// A tensor to write.
struct FileTensor {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// A weights file that is being written.
pub(super) struct Writer {
    /// The storage of numbers.
    pub precision: Precision,
    tensors: Vec<FileTensor>,
}

impl Writer {
    /// Create a file without tensors.
    pub(super) fn new(precision: Precision) -> Self {
        Self { precision, tensors: Vec::new() }
    }

    /// Add a tensor of floating-point numbers in two or four bytes each.
    pub(super) fn floats(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        match self.precision {
            Precision::F32 => self.exact(name, shape, numbers),
            _ => self.half(name, shape, numbers),
        }
    }

    /// Add a tensor of floating-point numbers in four bytes each.
    pub(super) fn exact(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        self.push(name, Dtype::F32, shape, numbers.iter().flat_map(|x| x.to_le_bytes()).collect());
    }

    /// Add a table with a row per item, (rows × width).
    pub(super) fn table(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        match self.precision {
            Precision::Int8 => self.quantised(name, shape, &mut numbers.chunks_exact(shape[1])),
            _ => self.floats(name, shape, numbers),
        }
    }

    /// Add numbers in a byte each, with the largest absolute value of each row as 127 or a little less, and the scales of
    /// the rows.
    pub(super) fn quantised(&mut self, name: &str, shape: &[usize], rows: &mut dyn Iterator<Item = &[f32]>) {
        let (mut bytes, mut scales) = (Vec::new(), Vec::new());
        for row in rows {
            let largest = row.iter().fold(0f32, |max, x| max.max(x.abs()));
            let scale = f16_not_below(largest / MAX_BYTE);
            let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            bytes.extend(row.iter().map(|x| (x * inverse).round().clamp(-MAX_BYTE, MAX_BYTE) as i8 as u8));
            scales.push(scale);
        }
        self.push(name, Dtype::I8, shape, bytes);
        self.half(&scale_name(name), &[scales.len()], &scales);
    }

    /// Add a list of whole numbers of `size` bytes each: 1, 2 or 4.
    pub(super) fn whole(&mut self, name: &str, size: usize, numbers: impl Iterator<Item = u32>) {
        let dtype = match size {
            1 => Dtype::U8,
            2 => Dtype::U16,
            _ => Dtype::U32,
        };
        let bytes: Vec<u8> = numbers.flat_map(|n| n.to_le_bytes().into_iter().take(size)).collect();
        self.push(name, dtype, &[bytes.len() / size], bytes);
    }

    /// Return the content of the file.
    pub(super) fn finish(self) -> Vec<u8> {
        let views = self.tensors.iter().map(|FileTensor { name, dtype, shape, bytes }| {
            (name, TensorView::new(*dtype, shape.clone(), bytes).expect("bytes were made for the shape"))
        });
        safetensors::serialize(views, None).expect("names are unique")
    }

    /// Add a tensor of floating-point numbers in two bytes each.
    fn half(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        self.push(name, Dtype::F16, shape, numbers.iter().flat_map(|&x| nearest_f16(x).to_le_bytes()).collect());
    }

    fn push(&mut self, name: &str, dtype: Dtype, shape: &[usize], bytes: Vec<u8>) {
        self.tensors.push(FileTensor { name: name.to_owned(), dtype, shape: shape.into(), bytes });
    }
}

/// The largest value of a byte.
const MAX_BYTE: f32 = 127.0;

/// Return the name of the tensor with the scales of a table in bytes.
pub(super) fn scale_name(tensor: &str) -> String {
    format!("scale.{tensor}")
}

/// Return the nearest finite number.
fn nearest_f16(x: f32) -> f16 {
    f16::from_f32(x.clamp(f16::MIN.to_f32(), f16::MAX.to_f32()))
}

/// Return the least number of two bytes that is not below `x` ≥ 0; the largest one where there is none.
fn f16_not_below(x: f32) -> f32 {
    let near = nearest_f16(x);
    if near.to_f32() < x && near < f16::MAX { f16::from_bits(near.to_bits() + 1).to_f32() } else { near.to_f32() }
}
