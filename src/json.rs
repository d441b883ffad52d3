//! JSON by the browser's own parser.

use crate::error::text;
use fewclicks_model::compact::json::{Json, MAX_DEPTH};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Parse the bytes of a document into a tree.
pub fn parse(bytes: &[u8]) -> Result<Json, String> {
    tree(&parse_value(bytes)?)
}

/// Parse the bytes of a document into a value of JavaScript.
pub fn parse_value(bytes: &[u8]) -> Result<JsValue, String> {
    let json = std::str::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8", error.valid_up_to()))?;
    JSON::parse(json).map_err(|error| text(&error))
}

/// A parsed value as a tree; `Json::Null` for what is no JSON.
pub fn tree(value: &JsValue) -> Result<Json, String> {
    tree_at(value, 0)
}

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

/// A value that a page gave, as a tree.
///
/// It takes the way over JSON: a getter that throws, or a cycle, is then refused by the browser. Reading such a value
/// piece by piece would let the exception pass through a borrowed session, and lock it.
pub fn tree_of_page_value(value: &JsValue) -> Result<Json, String> {
    let json = JSON::stringify(value).map_err(|error| text(&error))?;
    // Of what JSON does not know, such as undefined, nothing is left.
    match json.as_string() {
        Some(json) => parse(json.as_bytes()),
        None => Ok(Json::Null),
    }
}
