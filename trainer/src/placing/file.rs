//! `placing.safetensors` in a run's folder.

use super::numbers::{PlacedField, PlacedStars, Placing};
use crate::files::write_atomically;
use anyhow::{Context, ensure};
use fewclicks_model::model::vocabulary::Vocabulary;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What the tensors are of.
#[derive(Serialize, Deserialize)]
struct Header {
    fields: Vec<Field>,
    /// Variance and weight of the audience.
    stars: Option<[f32; 2]>,
}

#[derive(Serialize, Deserialize)]
struct Field {
    name: String,
    values: Vec<String>,
}

/// Name of the tensor with the [`Header`], as JSON.
const HEADER: &str = "header";

/// Write how items are placed.
///
/// # Errors
/// Return an error if the file cannot be written.
pub fn write(placing: &Placing, path: &Path) -> anyhow::Result<()> {
    let field = |field: &PlacedField| Field {
        name: field.vocabulary.name().to_owned(),
        values: field.vocabulary.values().to_vec(),
    };
    let header = Header {
        fields: placing.fields.iter().map(field).collect(),
        stars: placing.stars.as_ref().map(|stars| [stars.variance, stars.audience]),
    };
    let header = serde_json::to_vec(&header)?;
    let mut tensors = vec![("base".to_owned(), bytes(&placing.base))];
    for (index, field) in placing.fields.iter().enumerate() {
        tensors.push((format!("field.{index}"), bytes(&field.table)));
    }
    for (index, row) in placing.stars.iter().flat_map(|stars| stars.context.iter().enumerate()) {
        tensors.push((format!("context.{index}"), bytes(row)));
    }
    let mut views = vec![(HEADER.to_owned(), TensorView::new(Dtype::U8, vec![header.len()], &header)?)];
    for (name, bytes) in &tensors {
        views.push((name.clone(), TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes)?));
    }
    write_atomically(path, &safetensors::serialize(views, None)?)
}

/// Read how items are placed. The file is one of those whose SHA-256 a finished run has.
///
/// # Errors
/// Return an error if it is not what [`write()`] wrote.
pub fn read(path: &Path) -> anyhow::Result<Placing> {
    let file = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&file).with_context(|| format!("{} does not say how items are placed", path.display()))
}

fn parse(file: &[u8]) -> anyhow::Result<Placing> {
    let tensors = SafeTensors::deserialize(file)?;
    let header: Header = serde_json::from_slice(tensors.tensor(HEADER)?.data())?;
    let numbers = |name: &str| -> anyhow::Result<Vec<f32>> {
        let (numbers, _) = tensors.tensor(name)?.data().as_chunks();
        Ok(numbers.iter().copied().map(f32::from_le_bytes).collect())
    };
    let base = numbers("base")?;
    let mut fields = Vec::new();
    for (index, Field { name, values }) in header.fields.into_iter().enumerate() {
        let vocabulary = Vocabulary::new(name, values);
        let table = numbers(&format!("field.{index}"))?;
        ensure!(table.len() == vocabulary.table_rows() * base.len(), "field.{index} has another number of rows");
        fields.push(PlacedField { vocabulary, table });
    }
    let stars = match header.stars {
        Some([variance, audience]) => {
            let context = [numbers("context.0")?, numbers("context.1")?];
            Some(PlacedStars { variance, audience, context })
        }
        None => None,
    };
    Ok(Placing { fields, base, stars })
}

fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|x| x.to_le_bytes()).collect()
}
