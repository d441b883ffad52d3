//! Write the weights file: safetensors with all parameters, all learned rates, and, where the local update moves embeddings,
//! the embedding rows of the catalogue's items.

use crate::model::Model;
use crate::network::architecture::Scope;
use crate::network::layout::{Layout, Role, Side, Tensor};
use crate::network::parameters::{Parameters, StoredParameters};
use crate::network::task::Items;
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

/// Return the content of the weights file of `model`. `rate` is the local rate where it is fixed; `items` are written where
/// the local update moves embeddings.
pub(super) fn write(
    model: &Model<StoredParameters>,
    items: &Items,
    rate: Option<f32>,
    precision: Precision,
) -> Vec<u8> {
    let layout = &model.layout;
    let mut tensors = Vec::new();
    for tensor in &layout.tensors {
        let mut numbers = Vec::new();
        model.theta.slice(tensor.offset, tensor.range().len()).append_to(&mut numbers);
        match precision {
            Precision::Int8 if model.update.scope() != Scope::All && has_row_per_item(tensor) => {
                tensors.extend(quantise(tensor, &numbers));
            }
            _ => tensors.push(floats(tensor.name.clone(), &tensor.shape, &numbers, precision)),
        }
    }
    if rate.is_none() {
        let offset = layout.offset(model.update.scope());
        for tensor in layout.moved(model.update.scope()) {
            let range = tensor.range();
            let rates = &model.rates[range.start - offset..range.end - offset];
            tensors.push(floats(rate_name(tensor), &tensor.shape, rates, precision));
        }
    }
    if model.update.scope() == Scope::All {
        for (name, numbers) in feature_lists(layout, items) {
            let bytes = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            tensors.push(FileTensor { name, dtype: Dtype::U32, shape: vec![numbers.len()], bytes });
        }
    }
    let views = tensors.iter().map(|FileTensor { name, dtype, shape, bytes }| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("bytes were made for the shape"))
    });
    safetensors::serialize(views, None).expect("names are unique")
}

/// Return whether a tensor of a folded model is a table with a row per item.
fn has_row_per_item(tensor: &Tensor) -> bool {
    matches!(tensor.role, Role::ImplicitFeedback | Role::Embedding(Side::Item, _))
}

/// Return a table in bytes, with the largest absolute value of each row as 127, and the scales of its rows.
fn quantise(tensor: &Tensor, numbers: &[f32]) -> [FileTensor; 2] {
    let (mut bytes, mut scales) = (Vec::with_capacity(numbers.len()), Vec::new());
    for row in numbers.chunks_exact(tensor.shape[1]) {
        let scale = row.iter().fold(0f32, |max, x| max.max(x.abs())) / MAX_BYTE;
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        bytes.extend(row.iter().map(|x| (x * inverse).round().clamp(-MAX_BYTE, MAX_BYTE) as i8 as u8));
        scales.push(scale);
    }
    let table = FileTensor { name: tensor.name.clone(), dtype: Dtype::I8, shape: tensor.shape.clone(), bytes };
    [table, floats(scale_name(&tensor.name), &tensor.shape[..1], &scales, Precision::F32)]
}

/// The largest value of a byte.
const MAX_BYTE: f32 = 127.0;

/// Return the name of the tensor with the scales of a table in bytes.
pub(super) fn scale_name(tensor: &str) -> String {
    format!("scale.{tensor}")
}

/// Return the name of the tensor with the rates of another.
pub(super) fn rate_name(tensor: &Tensor) -> String {
    format!("rate.{}", tensor.name)
}

/// Return the names and numbers of all lists of `items`.
fn feature_lists<'a>(layout: &'a Layout, items: &'a Items) -> impl Iterator<Item = (String, &'a [u32])> {
    let fields = layout.architecture.item_fields.iter().zip(&items.fields);
    let lists = fields.flat_map(|(field, rows)| {
        let [rows_name, ends_name] = list_names(&field.name);
        [(rows_name, rows.all()), (ends_name, rows.ends())]
    });
    lists.chain([("items.bias".to_owned(), items.bias.as_slice())])
}

/// Return the names of the lists of a field's rows and of the end of each item's rows.
pub(super) fn list_names(field: &str) -> [String; 2] {
    ["rows", "ends"].map(|list| format!("items.{field}.{list}"))
}

/// Return a tensor of floating-point numbers.
fn floats(name: String, shape: &[usize], numbers: &[f32], precision: Precision) -> FileTensor {
    let (dtype, bytes) = match precision {
        Precision::F32 => (Dtype::F32, numbers.iter().flat_map(|x| x.to_le_bytes()).collect()),
        _ => (Dtype::F16, numbers.iter().flat_map(|&x| nearest_f16(x).to_le_bytes()).collect()),
    };
    FileTensor { name, dtype, shape: shape.into(), bytes }
}

/// Return the nearest finite number.
fn nearest_f16(x: f32) -> f16 {
    f16::from_f32(x.clamp(f16::MIN.to_f32(), f16::MAX.to_f32()))
}
