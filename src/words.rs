//! JavaScript values in words, for messages.

use super::js;
use fewclicks_model::compact::words::cut;
use wasm_bindgen::JsValue;

/// What was found in place of what was expected: JSON where there is any.
pub fn found(value: &JsValue) -> String {
    let json = || match js::stringify(value) {
        Ok(json) => json,
        Err(error) => Some(["what is no JSON (", &thrown(&error), ")"].concat()),
    };
    let has_json = value.is_object() || value.is_string();
    let words = if has_json { json() } else { None };
    cut(&words.unwrap_or_else(|| text(value)))
}

/// Why something was thrown, without its stack.
pub fn thrown(thrown: &JsValue) -> String {
    let message = js::property(thrown, "message").ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| text(thrown))
}

fn text(value: &JsValue) -> String {
    js::to_text(value).unwrap_or_else(|_| "what has no words".into())
}
