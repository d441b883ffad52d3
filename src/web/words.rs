//! JavaScript values in words, for messages.

use crate::words::cut;
use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `String(value)`: it knows what JSON does not, such as NaN, symbols and functions.
    #[wasm_bindgen(catch, js_name = String)]
    fn to_text(value: &JsValue) -> Result<String, JsValue>;
}

/// What was found in place of what was expected: JSON where there is any.
pub fn found(value: &JsValue) -> String {
    let json = || match JSON::stringify(value) {
        Ok(json) => json.as_string(),
        Err(error) => Some(format!("what is no JSON ({})", thrown(&error))),
    };
    let has_json = value.is_object() || value.is_string();
    let words = if has_json { json() } else { None };
    cut(&words.unwrap_or_else(|| text(value)))
}

/// Why something was thrown, without its stack.
pub fn thrown(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| text(thrown))
}

fn text(value: &JsValue) -> String {
    to_text(value).unwrap_or_else(|_| "what has no words".into())
}
