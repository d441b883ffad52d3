//! The weights file: safetensors with every parameter, every learned rate, and, where embeddings move on the device,
//! the catalogue's features.

use super::error::{BundleError, Rule, refuse};
use super::manifest::Manifest;
use super::stored::{self, Stored};
use crate::compact::decimal::whole;
use crate::compact::order::Index;
use crate::model::Model;
use crate::network::layout::{Layout, Scope, Tensor};
use crate::network::parameters::{Kept, Parameters, Shipped};
use crate::network::task::{Items, Rows};
use half::f16;
use num_traits::Float;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    F32,
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

/// Writes the weights of `model`; `items` only where the model reads features ([`Scope::All`]).
pub(super) fn write(model: &Model<Shipped>, items: &Items, rate: Option<f32>, precision: Precision) -> Vec<u8> {
    let layout = &model.layout;
    let mut tensors = Vec::new();
    for tensor in &layout.tensors {
        let mut numbers = Vec::new();
        model.theta.numbers(tensor.start, tensor.range().len()).append_to(&mut numbers);
        match precision {
            Precision::Int8 if model.update.scope != Scope::All && is_of_items(tensor) => {
                tensors.extend(in_bytes(tensor, &numbers));
            }
            _ => tensors.push(floats(tensor.name.clone(), &tensor.shape, &numbers, precision)),
        }
    }
    if rate.is_none() {
        let start = layout.start(model.update.scope);
        for tensor in layout.moved(model.update.scope) {
            let range = tensor.range();
            let rates = &model.rates[range.start - start..range.end - start];
            tensors.push(floats(rate_name(tensor), &tensor.shape, rates, precision));
        }
    }
    if model.update.scope == Scope::All {
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
fn is_of_items(tensor: &Tensor) -> bool {
    tensor.name == "start" || tensor.name.starts_with("embedding.item.")
}

/// The rows of a table, each in bytes that its largest number makes the most of, and their scales.
fn in_bytes(tensor: &Tensor, numbers: &[f32]) -> [Written; 2] {
    let (mut bytes, mut scales) = (Vec::with_capacity(numbers.len()), Vec::new());
    for row in numbers.chunks_exact(tensor.shape[1]) {
        let scale = row.iter().fold(0f32, |most, x| most.max(x.abs())) / MAX_BYTE;
        let share = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        bytes.extend(row.iter().map(|x| Float::round(x * share).clamp(-MAX_BYTE, MAX_BYTE) as i8 as u8));
        scales.push(scale);
    }
    let table = Written { name: tensor.name.clone(), dtype: Dtype::I8, shape: tensor.shape.clone(), bytes };
    [table, floats(scale_name(&tensor.name), &tensor.shape[..1], &scales, Precision::F32)]
}

/// The largest number that is stored in a byte.
const MAX_BYTE: f32 = 127.0;

fn scale_name(tensor: &str) -> String {
    ["scale.", tensor].concat()
}

fn rate_name(tensor: &Tensor) -> String {
    ["rate.", &tensor.name].concat()
}

/// Per list of [`Items`] its name and its numbers.
fn feature_lists<'a>(layout: &'a Layout, items: &'a Items) -> impl Iterator<Item = (String, &'a [u32])> {
    let fields = layout.architecture.item_fields.iter().zip(&items.fields);
    let lists = fields.flat_map(|(field, rows)| {
        [
            (["items.", &field.name, ".rows"].concat(), rows.all()),
            (["items.", &field.name, ".ends"].concat(), rows.ends()),
        ]
    });
    lists.chain([("items.bias".to_owned(), items.bias.as_slice())])
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

/// Reads the model of `manifest` for a catalogue of `count` items.
pub(super) fn read(
    manifest: &Manifest,
    bytes: Vec<u8>,
    count: usize,
) -> Result<(Model<Shipped>, Items), Box<BundleError>> {
    let layout = manifest.layout()?;
    let scope = manifest.local_update.scope;
    let bytes = Arc::new(bytes);
    let mut reader = Reader::new(&manifest.weights.file, &bytes)?;
    let mut theta = Vec::new();
    for tensor in &layout.tensors {
        theta.push(reader.kept(&tensor.name, &tensor.shape)?);
    }
    let moved = layout.len() - layout.start(scope);
    let mut rates = Vec::new();
    match manifest.rate {
        Some(rate) => rates.resize(moved, rate),
        None => {
            for tensor in layout.moved(scope) {
                rates.append(&mut reader.numbers(&rate_name(tensor), &tensor.shape)?);
            }
        }
    }
    let items = match scope {
        Scope::All => reader.items(&layout, count)?,
        _ => reader.folded(&layout, count)?,
    };
    reader.finish()?;
    let (update, scale, readout) = (manifest.local_update, manifest.scale, manifest.readout.clone());
    let theta = Shipped::new(&layout, theta);
    Ok((Model { layout, theta, rates, update, scale, readout }, items))
}

/// A weights file, and which of its tensors nobody has asked for yet.
struct Reader<'a> {
    file: &'a str,
    bytes: &'a Arc<Vec<u8>>,
    tensors: Vec<Stored<'a>>,
    index: Index,
    asked: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, bytes: &'a Arc<Vec<u8>>) -> Result<Self, Box<BundleError>> {
        let tensors = stored::read(bytes).map_err(|reason| refuse(file, "header", Rule::Syntax(reason)))?;
        let index = Index::of(tensors.len(), &|place| tensors[place].name.as_str().into());
        let asked = vec![false; tensors.len()];
        Ok(Self { file, bytes, tensors, index, asked })
    }

    fn tensor(&mut self, name: &str) -> Result<&Stored<'a>, Box<BundleError>> {
        let found = self.index.find(name, &|place| self.tensors[place].name.as_str().into());
        let place = found.ok_or_else(|| refuse(self.file, name, Rule::Missing))?;
        self.asked[place] = true;
        Ok(&self.tensors[place])
    }

    /// Of a table, in bytes if they are stored so.
    fn kept(&mut self, name: &str, shape: &[usize]) -> Result<Kept, Box<BundleError>> {
        let tensor = self.tensor(name)?;
        match *shape {
            [rows, width] if tensor.is("I8", shape) => {
                let start = tensor.start;
                let scales = self.numbers(&scale_name(name), &[rows])?;
                Ok(Kept::Bytes { file: self.bytes.clone(), start, scales, width })
            }
            _ => self.numbers(name, shape).map(Kept::Single),
        }
    }

    fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Box<BundleError>> {
        let file = self.file;
        let tensor = self.tensor(name)?;
        let numbers: Vec<f32> = if tensor.is("F32", shape) {
            tensor.words().map(f32::from_bits).collect()
        } else if tensor.is("F16", shape) {
            tensor.data.chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()
        } else {
            return Err(tensor.misshaped(file, ["F32 or F16 ", &stored::shape(shape)].concat()));
        };
        match numbers.iter().position(|x| !x.is_finite()) {
            Some(index) => Err(refuse(self.file, name, Rule::NotFinite { index, value: numbers[index] })),
            None => Ok(numbers),
        }
    }

    fn rows(&mut self, name: &str) -> Result<Vec<u32>, Box<BundleError>> {
        let file = self.file;
        let tensor = self.tensor(name)?;
        match &*tensor.shape {
            [_] if tensor.is("U32", &tensor.shape) => Ok(tensor.words().collect()),
            _ => Err(tensor.misshaped(file, "U32, a list".into())),
        }
    }

    /// The catalogue's features, every row within its table.
    fn items(&mut self, layout: &Layout, count: usize) -> Result<Items, Box<BundleError>> {
        let mut fields = Vec::new();
        for field in &layout.architecture.item_fields {
            let (rows_name, ends_name) =
                (["items.", &field.name, ".rows"].concat(), ["items.", &field.name, ".ends"].concat());
            let (rows, ends) = (self.rows(&rows_name)?, self.rows(&ends_name)?);
            self.within(&rows_name, &rows, field.rows)?;
            let length = rows.len();
            let list = Rows::from_parts(rows, ends).filter(|list| list.len() == count);
            let expected = [&whole(count), " ascending ends, the last one ", &whole(length)].concat();
            let error = || refuse(self.file, &ends_name, Rule::Range { found: "other numbers".into(), expected });
            fields.push(list.ok_or_else(error)?);
        }
        let bias = self.rows("items.bias")?;
        if bias.len() != count {
            let rule = Rule::Shape { found: whole(bias.len()), expected: whole(count) };
            return Err(refuse(self.file, "items.bias", rule));
        }
        if let Some(rows) = layout.architecture.item_bias {
            self.within("items.bias", &bias, rows)?;
        }
        Ok(Items { fields, bias })
    }

    fn within(&self, name: &str, rows: &[u32], table: usize) -> Result<(), Box<BundleError>> {
        match rows.iter().find(|&&row| row as usize >= table) {
            Some(row) => {
                let (found, expected) =
                    (["row ", &whole(*row as usize)].concat(), ["rows below ", &whole(table)].concat());
                let rule = Rule::Range { found, expected };
                Err(refuse(self.file, name, rule))
            }
            None => Ok(()),
        }
    }

    /// One row per item, in every table there is.
    fn folded(&self, layout: &Layout, count: usize) -> Result<Items, Box<BundleError>> {
        let fields = &layout.architecture.item_fields;
        let bias = layout.architecture.item_bias.unwrap_or(count);
        let starts = layout.architecture.start.unwrap_or(count);
        if fields.len() != 1 || [fields[0].rows, bias, starts] != [count; 3] {
            let rows = fields[0].rows;
            let found = [
                &whole(fields.len()),
                " item fields, ",
                &whole(rows),
                " rows, ",
                &whole(bias),
                " biases, ",
                &whole(starts),
                " starts",
            ]
            .concat();
            let expected =
                ["1 item field with ", &whole(count), " rows, and as many biases and starts, if any"].concat();
            return Err(refuse(self.file, "architecture", Rule::Shape { found, expected }));
        }
        Ok(Items { fields: vec![Rows::identity(count)], bias: (0..count as u32).collect() })
    }

    fn finish(self) -> Result<(), Box<BundleError>> {
        match self.tensors.iter().zip(&self.asked).find(|(_, asked)| !**asked) {
            Some((tensor, _)) => Err(refuse(self.file, &tensor.name, Rule::Unexpected)),
            None => Ok(()),
        }
    }
}
