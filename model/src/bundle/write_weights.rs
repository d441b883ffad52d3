//! Write the weights file: safetensors with every parameter, every learned rate, and, where embeddings move on the device,
//! the catalogue's features.

use crate::model::Model;
use crate::network::architecture::Scope;
use crate::network::layout::{Layout, Role, Side, Tensor};
use crate::network::parameters::{Parameters, StoredParameters};
use crate::network::task::Items;
use half::f16;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};

/// How numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Four bytes a number.
    F32,
    /// Two bytes a number.
    F16,
    /// Tables with a row per item in a byte per number and a scale per row; everything else as F16.
    Int8,
}

/// A tensor to be written.
struct Written {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// Write the weights of `model`; `items` only where the model reads features ([`Scope::All`]).
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
            tensors.push(Written { name, dtype: Dtype::U32, shape: vec![numbers.len()], bytes });
        }
    }
    let views = tensors.iter().map(|Written { name, dtype, shape, bytes }| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("bytes were made for the shape"))
    });
    safetensors::serialize(views, None).expect("names are unique")
}

/// Whether a tensor of a folded model is a table with a row per item.
fn has_row_per_item(tensor: &Tensor) -> bool {
    matches!(tensor.role, Role::ImplicitFeedback | Role::Embedding(Side::Item, _))
}

/// A table in bytes, the largest number of each row as 127, and the rows' scales.
fn quantise(tensor: &Tensor, numbers: &[f32]) -> [Written; 2] {
    let (mut bytes, mut scales) = (Vec::with_capacity(numbers.len()), Vec::new());
    for row in numbers.chunks_exact(tensor.shape[1]) {
        let scale = row.iter().fold(0f32, |most, x| most.max(x.abs())) / MAX_BYTE;
        let share = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        bytes.extend(row.iter().map(|x| (x * share).round().clamp(-MAX_BYTE, MAX_BYTE) as i8 as u8));
        scales.push(scale);
    }
    let table = Written { name: tensor.name.clone(), dtype: Dtype::I8, shape: tensor.shape.clone(), bytes };
    [table, floats(scale_name(&tensor.name), &tensor.shape[..1], &scales, Precision::F32)]
}

/// The largest number that is stored in a byte.
const MAX_BYTE: f32 = 127.0;

/// The name of the tensor with the scales of a table in bytes.
pub(super) fn scale_name(tensor: &str) -> String {
    format!("scale.{tensor}")
}

/// The name of the tensor with the rates of another.
pub(super) fn rate_name(tensor: &Tensor) -> String {
    format!("rate.{}", tensor.name)
}

/// Per list of [`Items`] its name and its numbers.
fn feature_lists<'a>(layout: &'a Layout, items: &'a Items) -> impl Iterator<Item = (String, &'a [u32])> {
    let fields = layout.architecture.item_fields.iter().zip(&items.fields);
    let lists = fields.flat_map(|(field, rows)| {
        let [rows_name, ends_name] = list_names(&field.name);
        [(rows_name, rows.all()), (ends_name, rows.ends())]
    });
    lists.chain([("items.bias".to_owned(), items.bias.as_slice())])
}

/// The names of the lists of a field's rows and of where each item's rows end.
pub(super) fn list_names(field: &str) -> [String; 2] {
    ["rows", "ends"].map(|list| format!("items.{field}.{list}"))
}

fn floats(name: String, shape: &[usize], numbers: &[f32], precision: Precision) -> Written {
    let (dtype, bytes) = match precision {
        Precision::F32 => (Dtype::F32, numbers.iter().flat_map(|x| x.to_le_bytes()).collect()),
        _ => (Dtype::F16, numbers.iter().flat_map(|&x| nearest_f16(x).to_le_bytes()).collect()),
    };
    Written { name, dtype, shape: shape.into(), bytes }
}

/// The nearest finite number.
fn nearest_f16(x: f32) -> f16 {
    f16::from_f32(x.clamp(f16::MIN.to_f32(), f16::MAX.to_f32()))
}
