//! Read the weights file, which is untrusted.

use super::error::{BundleError, BundleErrorKind};
use super::manifest::Manifest;
use super::tensors::{self, FileTensor};
use super::write_weights::{list_names, rate_name, scale_name};
use crate::compact::json::Parse;
use crate::model::Model;
use crate::network::architecture::Scope;
use crate::network::layout::Layout;
use crate::network::parameters::{StoredParameters, StoredTensor};
use crate::network::task::{Items, Rows};
use half::f16;
use std::sync::Arc;

/// Read the model of `manifest` for a catalogue of `count` items, and the embedding rows of these.
pub(super) fn read(
    manifest: &Manifest,
    bytes: Vec<u8>,
    count: usize,
    parse: Parse,
) -> Result<(Model<StoredParameters>, Items), BundleError> {
    let layout = manifest.layout()?;
    let scope = manifest.local_update.scope();
    let bytes = Arc::new(bytes);
    let mut reader = Reader::new(&manifest.weights.file, &bytes, parse)?;
    let mut theta = Vec::new();
    for tensor in &layout.tensors {
        theta.push(reader.stored(&tensor.name, &tensor.shape)?);
    }
    let mut rates = Vec::new();
    match manifest.rate {
        Some(rate) => rates.resize(layout.len() - layout.offset(scope), rate),
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
    let theta = StoredParameters::new(&layout, theta);
    Ok((Model { layout, theta, rates, update, scale, readout }, items))
}

/// A weights file, and its tensors that were not read yet.
struct Reader<'a> {
    file: &'a str,
    bytes: &'a Arc<Vec<u8>>,
    unread: Vec<FileTensor<'a>>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, bytes: &'a Arc<Vec<u8>>, parse: Parse) -> Result<Self, BundleError> {
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
    fn stored(&mut self, name: &str, shape: &[usize]) -> Result<StoredTensor, BundleError> {
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
    fn numbers(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
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

    /// Read a list of embedding rows or ends.
    fn rows(&mut self, name: &str) -> Result<Vec<u32>, BundleError> {
        let tensor = self.tensor(name)?;
        match *tensor.shape {
            [_] if tensor.is("U32", &tensor.shape) => Ok(tensor.words().collect()),
            _ => Err(tensor.shape_error(self.file, "U32, a list".into())),
        }
    }

    /// Read the embedding rows of the catalogue's items, and check that they lie within their tables.
    fn items(&mut self, layout: &Layout, count: usize) -> Result<Items, BundleError> {
        let mut fields = Vec::new();
        for field in &layout.architecture.item_fields {
            let [rows_name, ends_name] = list_names(&field.name);
            let (rows, ends) = (self.rows(&rows_name)?, self.rows(&ends_name)?);
            self.check_rows(&rows_name, &rows, field.rows)?;
            let length = rows.len();
            let list = Rows::from_parts(rows, ends).filter(|list| list.len() == count);
            let expected = format!("{count} ascending ends, the last one {length}");
            let kind = || BundleErrorKind::Range { found: "other numbers".into(), expected };
            fields.push(list.ok_or_else(|| self.error(&ends_name, kind()))?);
        }
        let bias = self.rows("items.bias")?;
        if bias.len() != count {
            let kind = BundleErrorKind::Shape { found: bias.len().to_string(), expected: count.to_string() };
            return Err(self.error("items.bias", kind));
        }
        if let Some(rows) = layout.architecture.item_bias {
            self.check_rows("items.bias", &bias, rows)?;
        }
        Ok(Items { fields, bias })
    }

    /// Check that `rows` are below the number of rows of their table.
    fn check_rows(&self, name: &str, rows: &[u32], table: usize) -> Result<(), BundleError> {
        match rows.iter().find(|&&row| row as usize >= table) {
            Some(row) => {
                let (found, expected) = (format!("row {row}"), format!("rows below {table}"));
                Err(self.error(name, BundleErrorKind::Range { found, expected }))
            }
            None => Ok(()),
        }
    }

    /// Return the rows of the items of a folded model; check that it has one item field, and one row per item in each table.
    fn folded(&self, layout: &Layout, count: usize) -> Result<Items, BundleError> {
        let fields = &layout.architecture.item_fields;
        let bias = layout.architecture.item_bias.unwrap_or(count);
        let implicit = layout.architecture.implicit.unwrap_or(count);
        let rows = fields[0].rows;
        if fields.len() != 1 || [rows, bias, implicit] != [count; 3] {
            let found = format!("{} item fields, {rows} rows, {bias} biases, {implicit} starts", fields.len());
            let expected = format!("1 item field with {count} rows, and as many biases and starts, if any");
            return Err(self.error("architecture", BundleErrorKind::Shape { found, expected }));
        }
        Ok(Items { fields: vec![Rows::identity(count)], bias: (0..count as u32).collect() })
    }

    /// Check that all tensors were read.
    fn finish(self) -> Result<(), BundleError> {
        match self.unread.first() {
            Some(tensor) => Err(self.error(&tensor.name, BundleErrorKind::Unexpected)),
            None => Ok(()),
        }
    }

    fn error(&self, field: &str, kind: BundleErrorKind) -> BundleError {
        BundleError::new(self.file, field, kind)
    }
}
