//! Check the arguments that a page passes: they may be anything.

use crate::error::{Result, WebError, found};
use crate::json::tree_of_page_value;
use fewclicks_model::compact::node::{self, Node};
use fewclicks_model::visitor::{SavedState, VisitorError};
use wasm_bindgen::JsValue;

/// What `read` makes of a value, or an error of `code` that says what was expected.
pub fn read<T>(value: &JsValue, code: &'static str, expected: &str, read: fn(&Node<'_>) -> T) -> Result<T> {
    let parsed = tree_of_page_value(value).ok().and_then(|json| node::read(&json, read).ok());
    parsed.ok_or_else(|| WebError::new(code, format!("expected {expected}, found {}", found(value))))
}

/// A string, or an error of `code` that says what must be one. Taken as `&str`, anything else would trap.
pub fn string(value: &JsValue, code: &'static str, what: &str) -> Result<String> {
    value.as_string().ok_or_else(|| WebError::new(code, format!("{what} are strings, found {}", found(value))))
}

/// As [`string`]; undefined and null are none.
pub fn optional_string(value: &JsValue, code: &'static str, what: &str) -> Result<Option<String>> {
    if value.is_undefined() || value.is_null() { Ok(None) } else { string(value, code, what).map(Some) }
}

/// An item's id.
pub fn item_id(id: &JsValue) -> Result<String> {
    string(id, "unknown-item", "item ids")
}

/// How many, or an error that says what was expected.
pub fn count(n: f64) -> Result<usize> {
    let error = || WebError::new("bad-options", "expected how many, a whole number from 0 on".into());
    if (0.0..=f64::from(u32::MAX)).contains(&n) && n.trunc() == n { Ok(n as usize) } else { Err(error()) }
}

/// Of the options to `recommend`, whether to include items with an answer.
pub fn include_answered(options: &JsValue) -> Result<bool> {
    read(options, "bad-options", "an object with includeAnswered: true or false", |options| {
        if options.is_null() {
            return false;
        }
        options.expect_only(&["includeAnswered"]);
        options.optional("includeAnswered").is_some_and(|include| include.bool())
    })
}

/// What `save` returned, or an error that names the part of it that is not.
pub fn saved_state(value: &JsValue) -> Result<SavedState> {
    let refused = |reason: String| WebError::from(VisitorError::BadState(reason));
    let advice = "pass what save() returned";
    let state = tree_of_page_value(value).map_err(|reason| refused(format!("{reason}; {advice}")))?;
    if !value.is_object() {
        return Err(refused(format!("expected what save() returned, found {}", found(value))));
    }
    node::read(&state, SavedState::read).map_err(|error| refused(format!("{error}; {advice}")))
}
