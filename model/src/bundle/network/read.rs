//! Read the weights of a network, which are untrusted.

use super::NetworkEntry;
use super::write::{list_names, rate_name};
use crate::bundle::error::{BundleError, BundleErrorKind};
use crate::bundle::read_tensors::Reader;
use crate::model::Model;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::architecture::Scope;
use crate::network::layout::Layout;
use crate::network::parameters::StoredParameters;
use crate::network::task::{Items, Rows};
use crate::recommender::Network;

/// Read the model that `entry` describes for a catalogue of `count` items, and the embedding rows of these.
pub(in crate::bundle) fn read(
    entry: &NetworkEntry,
    (scale, readout): (Scale, Option<Readout>),
    reader: &mut Reader<'_>,
    count: usize,
) -> Result<Network, BundleError> {
    let layout = entry.layout()?;
    let scope = entry.local_update.scope();
    let mut theta = Vec::new();
    for tensor in &layout.tensors {
        theta.push(reader.stored(&tensor.name, &tensor.shape));
    }
    // What follows takes memory in proportion to the tensors.
    reader.check()?;
    let mut rates = Vec::new();
    match entry.rate {
        Some(rate) => rates.resize(layout.len() - layout.offset(scope), rate),
        None => {
            for tensor in layout.moved(scope) {
                rates.append(&mut reader.numbers(&rate_name(tensor), &tensor.shape));
            }
        }
    }
    let items = match scope {
        Scope::All => read_items(reader, &layout, count),
        _ => folded_items(reader, &layout, count),
    };
    let theta = StoredParameters::new(&layout, theta);
    let model = Model { layout, theta, rates, update: entry.local_update, scale, readout };
    Ok(Network { model, items })
}

/// Read the embedding rows of the catalogue's items, and check that they lie within their tables.
fn read_items(reader: &mut Reader<'_>, layout: &Layout, count: usize) -> Items {
    let mut fields = Vec::new();
    for field in &layout.architecture.item_fields {
        let [rows_name, ends_name] = list_names(&field.name);
        let (rows, ends) = (reader.list(&rows_name, &["U32"]), reader.list(&ends_name, &["U32"]));
        reader.check_rows(&rows_name, &rows, field.rows);
        let length = rows.len();
        let list = Rows::from_parts(rows, ends).filter(|list| list.len() == count);
        if list.is_none() {
            let expected = format!("{count} ascending ends, the last one {length}");
            reader.fail(&ends_name, BundleErrorKind::Range { found: "other numbers".into(), expected });
        }
        fields.push(list.unwrap_or_default());
    }
    let bias = reader.list("items.bias", &["U32"]);
    if bias.len() != count {
        let kind = BundleErrorKind::Shape { found: bias.len().to_string(), expected: count.to_string() };
        reader.fail("items.bias", kind);
    }
    if let Some(rows) = layout.architecture.item_bias {
        reader.check_rows("items.bias", &bias, rows);
    }
    Items { fields, bias }
}

/// Return the rows of the items of a folded model; check that it has one item field, and one row per item in each table.
fn folded_items(reader: &mut Reader<'_>, layout: &Layout, count: usize) -> Items {
    let fields = &layout.architecture.item_fields;
    let bias = layout.architecture.item_bias.unwrap_or(count);
    let implicit = layout.architecture.implicit.unwrap_or(count);
    let rows = fields[0].rows;
    if fields.len() != 1 || [rows, bias, implicit] != [count; 3] {
        let found = format!("{} item fields, {rows} rows, {bias} biases, {implicit} starts", fields.len());
        let expected = format!("1 item field with {count} rows, and as many biases and starts, if any");
        reader.fail("architecture", BundleErrorKind::Shape { found, expected });
    }
    Items { fields: vec![Rows::identity(count)], bias: (0..count as u32).collect() }
}
