//! The weights file: safetensors with every parameter, every learned rate, and, where embeddings move on the device,
//! the catalogue's features.

use super::error::{BundleError, Rule, refuse};
use super::manifest::Manifest;
use super::stored::{self, Stored};
use crate::decimal::whole;
use crate::examples::{Items, Rows};
use crate::layout::{Layout, Scope, Tensor};
use crate::model::Model;
use crate::order::Index;
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use half::f16;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};

/// How numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    F32,
    F16,
}

/// Writes the weights of `model`; `items` only where the model reads features ([`Scope::All`]).
pub(super) fn write(model: &Model, items: &Items, rate: Option<f32>, precision: Precision) -> Vec<u8> {
    let layout = &model.layout;
    let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
    let mut push = |name: String, shape: &[usize], numbers: &[f32]| {
        let (dtype, bytes) = encode(numbers, precision);
        tensors.push((name, dtype, shape.into(), bytes));
    };
    for tensor in &layout.tensors {
        push(tensor.name.clone(), &tensor.shape, &model.theta[tensor.range()]);
    }
    if rate.is_none() {
        let start = layout.start(model.update.scope);
        for tensor in layout.moved(model.update.scope) {
            let range = tensor.range();
            push(rate_name(tensor), &tensor.shape, &model.rates[range.start - start..range.end - start]);
        }
    }
    if model.update.scope == Scope::All {
        for (name, numbers) in feature_lists(layout, items) {
            let bytes = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            tensors.push((name, Dtype::U32, vec![numbers.len()], bytes));
        }
    }
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name, TensorView::new(*dtype, shape.clone(), bytes).expect("bytes were made for the shape"))
    });
    safetensors::serialize(views, None).expect("names are unique")
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

fn encode(numbers: &[f32], precision: Precision) -> (Dtype, Vec<u8>) {
    match precision {
        Precision::F32 => (Dtype::F32, numbers.iter().flat_map(|x| x.to_le_bytes()).collect()),
        Precision::F16 => (Dtype::F16, numbers.iter().flat_map(|&x| nearest_f16(x).to_le_bytes()).collect()),
    }
}

/// The nearest finite number.
fn nearest_f16(x: f32) -> f16 {
    f16::from_f32(x.clamp(f16::MIN.to_f32(), f16::MAX.to_f32()))
}

/// Reads the model of `manifest` for a catalogue of `count` items.
pub(super) fn read(manifest: &Manifest, bytes: &[u8], count: usize) -> Result<(Model, Items), Box<BundleError>> {
    let layout = manifest.layout()?;
    let scope = manifest.local_update.scope;
    let mut reader = Reader::new(&manifest.weights.file, bytes)?;
    // Not for more numbers than there are bytes, whatever the manifest says.
    let mut theta = Vec::with_capacity(layout.len().min(bytes.len()));
    for tensor in &layout.tensors {
        theta.append(&mut reader.numbers(&tensor.name, &tensor.shape)?);
    }
    let mut rates = Vec::with_capacity(layout.len() - layout.start(scope));
    match manifest.rate {
        Some(rate) => rates.resize(layout.len() - layout.start(scope), rate),
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
    Ok((Model { layout, theta, rates, update, scale, readout }, items))
}

/// A weights file, and which of its tensors nobody has asked for yet.
struct Reader<'a> {
    file: &'a str,
    tensors: Vec<Stored<'a>>,
    index: Index,
    asked: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, bytes: &'a [u8]) -> Result<Self, Box<BundleError>> {
        let tensors = stored::read(bytes).map_err(|reason| refuse(file, "header", Rule::Syntax(reason)))?;
        let index = Index::of(tensors.len(), &|place| &tensors[place].name);
        let asked = vec![false; tensors.len()];
        Ok(Self { file, tensors, index, asked })
    }

    fn tensor(&mut self, name: &str) -> Result<&Stored<'a>, Box<BundleError>> {
        let found = self.index.find(name, &|place| &self.tensors[place].name);
        let place = found.ok_or_else(|| refuse(self.file, name, Rule::Missing))?;
        self.asked[place] = true;
        Ok(&self.tensors[place])
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
