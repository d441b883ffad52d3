//! Read the catalogue in a browser. Items stay the objects of the JSON parser; only their ids are copied.

use crate::json::{parse_value, tree};
use crate::reply::to_js;
use fewclicks_model::bundle::{BundleError, BundleErrorKind, Catalogue, Item};
use fewclicks_model::compact::json::Json;
use fewclicks_model::compact::node::{self, SchemaError};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An item as the JSON parser returned it.
    type ParsedItem;
    #[wasm_bindgen(method, getter, structural)]
    fn id(this: &ParsedItem) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn title(this: &ParsedItem) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn fields(this: &ParsedItem) -> JsValue;
}

/// Read a catalogue and its items, by position, from the content of the file, which errors call `file`.
pub(crate) fn read(file: &str, bytes: &[u8]) -> Result<(Catalogue, Array), BundleError> {
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

/// Replace the list of items in a document by an empty one, and return it. A document without a list is not changed; reading
/// it fails later.
fn take_items(document: &JsValue) -> Array {
    let name = JsValue::from_str("items");
    let items = Reflect::get(document, &name).ok().and_then(|items| items.dyn_into::<Array>().ok());
    items.inspect(|_| _ = Reflect::set(document, &name, &Array::new())).unwrap_or_default()
}

/// Return the id of an item with a valid id, title and fields and nothing else; `None` for any other item, which is then
/// read by the slower [`read_item`].
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

/// Read an item.
fn read_item(item: &JsValue) -> Result<Item, SchemaError> {
    let json = tree(item).unwrap_or(Json::Null);
    node::read(&json, Item::read)
}
