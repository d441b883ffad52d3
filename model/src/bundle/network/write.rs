//! Write the weights of a network: all parameters, all learned rates, and, where the local update moves embeddings,
//! the embedding rows of the catalogue's items.

use crate::bundle::write_tensors::{Precision, Writer};
use crate::model::Model;
use crate::network::architecture::Scope;
use crate::network::layout::{Layout, Role, Side, Tensor};
use crate::network::parameters::{Parameters, StoredParameters};
use crate::network::task::Items;

/// Return the content of the weights file of `model`. `rate` is the local rate where it is fixed; `items` are written where
/// the local update moves embeddings.
pub(in crate::bundle) fn write(
    model: &Model<StoredParameters>,
    items: &Items,
    rate: Option<f32>,
    precision: Precision,
) -> Vec<u8> {
    let layout = &model.layout;
    let scope = model.update.scope();
    let mut writer = Writer::new(precision);
    for tensor in &layout.tensors {
        let mut numbers = Vec::new();
        model.theta.slice(tensor.offset, tensor.range().len()).append_to(&mut numbers);
        match scope != Scope::All && has_row_per_item(tensor) {
            true => writer.table(&tensor.name, &tensor.shape, &numbers),
            false => writer.floats(&tensor.name, &tensor.shape, &numbers),
        }
    }
    if rate.is_none() {
        let offset = layout.offset(scope);
        for tensor in layout.moved(scope) {
            let range = tensor.range();
            let rates = &model.rates[range.start - offset..range.end - offset];
            writer.floats(&rate_name(tensor), &tensor.shape, rates);
        }
    }
    if scope == Scope::All {
        for (name, numbers) in feature_lists(layout, items) {
            writer.whole(&name, 4, numbers.iter().copied());
        }
    }
    writer.finish()
}

/// Return whether a tensor of a folded model is a table with a row per item.
fn has_row_per_item(tensor: &Tensor) -> bool {
    matches!(tensor.role, Role::ImplicitFeedback | Role::Embedding(Side::Item, _))
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
