//! The catalogue in a browser: items stay the objects that its JSON parser made, and the model gets their ids.

use crate::json::{parse_value, tree};
use crate::reply::to_js;
use fewclicks_model::bundle::{BundleError, BundleErrorKind, Catalogue, Item};
use fewclicks_model::compact::json::Json;
use fewclicks_model::compact::node::{self, SchemaError};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An item as it was parsed.
    type ParsedItem;
    #[wasm_bindgen(method, getter, structural)]
    fn id(this: &ParsedItem) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn title(this: &ParsedItem) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn fields(this: &ParsedItem) -> JsValue;
}

/// Read a catalogue's bytes; return it and its items, by position. `file` is what errors call it.
pub fn read(file: &str, bytes: &[u8]) -> Result<(Catalogue, Array), BundleError> {
    let syntax = |reason| BundleError::new(file, "JSON", BundleErrorKind::Syntax(reason));
    let document = parse_value(bytes).map_err(syntax)?;
    let items = take_items(&document);
    let candidates = Catalogue::read_candidates(file, &tree(&document).map_err(syntax)?)?;
    let mut ids = Vec::with_capacity(items.length() as usize);
    for index in 0..items.length() {
        let item = items.get(index);
        ids.push(match plain_id(&item) {
            Some(id) => id,
            None => {
                let read = read_item(&item);
                let read = read.map_err(|error| BundleError::schema(file, &format!("items[{index}]"), error))?;
                items.set(index, to_js(&read));
                read.id
            }
        });
    }
    let item_at = |position: usize| read_item(&items.get(position as u32)).unwrap_or_default();
    Ok((Catalogue::from_parts(file, ids, candidates, &item_at)?, items))
}

/// Take the list of items out of a document, and leave an empty one. A document without a list stays as it is, and is
/// refused when it is read.
fn take_items(document: &JsValue) -> Array {
    let name = JsValue::from_str("items");
    let items = Reflect::get(document, &name).ok().and_then(|items| items.dyn_into::<Array>().ok());
    items.inspect(|_| _ = Reflect::set(document, &name, &Array::new())).unwrap_or_default()
}

/// The id of an item that has id, title and fields, all as they should be, and nothing else. Of any other, the model
/// itself says whether that can be read: this is but the fast way.
fn plain_id(item: &JsValue) -> Option<String> {
    let is_text_list = |list: JsValue| Array::is_array(&list) && Array::from(&list).iter().all(|text| text.is_string());
    if Object::keys(item.dyn_ref::<Object>()?).length() != 3 {
        return None;
    }
    let item: &ParsedItem = item.unchecked_ref();
    let (title, fields) = (item.title(), item.fields());
    let is_plain = title.is_string()
        && !Array::is_array(&fields)
        && fields.dyn_ref::<Object>().is_some_and(|fields| Object::values(fields).iter().all(is_text_list));
    if is_plain { item.id().as_string() } else { None }
}

fn read_item(item: &JsValue) -> Result<Item, SchemaError> {
    let json = tree(item).unwrap_or(Json::Null);
    node::read(&json, Item::read)
}
