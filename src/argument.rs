//! Check the arguments that a page passes, which may be any values.

use crate::error::{Result, WebError, found};
use crate::json::tree_of_page_value;
use fewclicks_model::compact::node::{self, Node};
use fewclicks_model::visitor::{ListOptions, SavedState, VisitorError};
use wasm_bindgen::JsValue;

/// Read `value` with `read`.
///
/// # Errors
/// With `code`, and `expected` in the message, where the value is not as expected.
pub(crate) fn read<T>(value: &JsValue, code: &'static str, expected: &str, read: fn(&Node<'_>) -> T) -> Result<T> {
    let parsed = tree_of_page_value(value).ok().and_then(|json| node::read(&json, read).ok());
    parsed.ok_or_else(|| WebError::new(code, format!("expected {expected}, found {}", found(value))))
}

/// Read a string. As an argument of type `&str`, any other value would end the module by a trap.
///
/// # Errors
/// With `code`, and `what` in the message, where the value is not a string.
pub(crate) fn string(value: &JsValue, code: &'static str, what: &str) -> Result<String> {
    value.as_string().ok_or_else(|| WebError::new(code, format!("{what} are strings, found {}", found(value))))
}

/// As [`string`], `None` for undefined and null.
pub(crate) fn optional_string(value: &JsValue, code: &'static str, what: &str) -> Result<Option<String>> {
    if value.is_undefined() || value.is_null() { Ok(None) } else { string(value, code, what).map(Some) }
}

/// Read the id of an item.
pub(crate) fn item_id(id: &JsValue) -> Result<String> {
    string(id, "unknown-item", "item ids")
}

/// Read a number of items, an integer from 0 to the largest `u32`.
pub(crate) fn count(n: f64) -> Result<usize> {
    let error = || WebError::new("bad-options", "expected how many, a whole number from 0 on".into());
    if (0.0..=f64::from(u32::MAX)).contains(&n) && n.trunc() == n { Ok(n as usize) } else { Err(error()) }
}

/// Read `RecommendOptions`.
pub(crate) fn list_options(options: &JsValue) -> Result<ListOptions> {
    let expected = "an object with includeAnswered: true or false and variety: 0 to 1";
    read(options, "bad-options", expected, |options| {
        let mut list = ListOptions::default();
        if options.is_null() {
            return list;
        }
        options.expect_only(&["includeAnswered", "variety"]);
        if let Some(include) = options.optional("includeAnswered") {
            list.include_answered = include.bool();
        }
        if let Some(variety) = options.optional("variety") {
            list.variety = variety.number() as f32;
            if !(0.0..=1.0).contains(&list.variety) {
                variety.expected::<()>("0 to 1");
            }
        }
        list
    })
}

/// Read a saved state.
///
/// # Errors
/// With code `bad-state`; the message names the field that is not as `save` returned it.
pub(crate) fn saved_state(value: &JsValue) -> Result<SavedState> {
    let refused = |reason: String| WebError::from(VisitorError::BadState(reason));
    let advice = "pass what save() returned";
    let state = tree_of_page_value(value).map_err(|reason| refused(format!("{reason}; {advice}")))?;
    if !value.is_object() {
        return Err(refused(format!("expected what save() returned, found {}", found(value))));
    }
    node::read(&state, SavedState::read).map_err(|error| refused(format!("{error}; {advice}")))
}
