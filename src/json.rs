//! Parse JSON with the browser's parser.

use crate::error::text;
use fewclicks_model::compact::json::{Json, MAX_DEPTH};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Parse a document to a tree.
pub(crate) fn parse(bytes: &[u8]) -> Result<Json, String> {
    tree(&parse_value(bytes)?)
}

/// Parse a document to a value of JavaScript.
pub(crate) fn parse_value(bytes: &[u8]) -> Result<JsValue, String> {
    let json = std::str::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.valid_up_to()))?;
    JSON::parse(json).map_err(|error| text(&error))
}

/// Convert a parsed value to a tree; values that are not JSON to `Json::Null`.
pub(crate) fn tree(value: &JsValue) -> Result<Json, String> {
    tree_at(value, 0)
}

/// Convert a value at this depth of nesting.
fn tree_at(value: &JsValue, depth: usize) -> Result<Json, String> {
    if depth > MAX_DEPTH {
        return Err("nested deeper than 32 levels".into());
    }
    if let Some(text) = value.as_string() {
        return Ok(Json::String(text));
    }
    if let Some(number) = value.as_f64() {
        return if number.is_finite() { Ok(Json::Number(number)) } else { Err("number out of range".into()) };
    }
    if let Some(yes) = value.as_bool() {
        return Ok(Json::Bool(yes));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|element| tree_at(&element, depth + 1)).collect::<Result<_, _>>().map(Json::Array);
    }
    let Some(object) = value.dyn_ref::<Object>() else { return Ok(Json::Null) };
    let mut entries = Vec::new();
    for entry in Object::entries(object).iter() {
        let entry: Array = entry.unchecked_into();
        entries.push((entry.get(0).as_string().unwrap_or_default(), tree_at(&entry.get(1), depth + 1)?));
    }
    Ok(Json::Object(entries))
}

/// Convert a value that a page passed to a tree.
///
/// It is serialised by the browser, which refuses getters that throw, and cycles. An exception while the value is read here
/// would leave the session borrowed, and so unusable.
pub(crate) fn tree_of_page_value(value: &JsValue) -> Result<Json, String> {
    let json = JSON::stringify(value).map_err(|error| text(&error))?;
    // Values that are not JSON, such as undefined, have no serialisation.
    match json.as_string() {
        Some(json) => parse(json.as_bytes()),
        None => Ok(Json::Null),
    }
}
