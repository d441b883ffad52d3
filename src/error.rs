//! Errors as JavaScript knows them: an `Error` with the name `FewClicksError` and a `code`.

use fewclicks_model::bundle::{BundleError, BundleErrorKind, MANIFEST};
use fewclicks_model::compact::node::shorten;
use fewclicks_model::visitor::VisitorError;
use js_sys::{Error, JSON, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A result that JavaScript gets to see.
pub type Result<T> = std::result::Result<T, WebError>;

/// An error on its way to JavaScript.
#[derive(Debug)]
pub struct WebError {
    code: &'static str,
    message: String,
}

impl WebError {
    /// An error with one of the codes of `ErrorCode` (`types.rs`).
    pub fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }
}

impl From<WebError> for JsValue {
    fn from(error: WebError) -> Self {
        let js = Error::new(&error.message);
        js.set_name("FewClicksError");
        // A fresh object takes every property.
        let _ = Reflect::set(&js, &"code".into(), &error.code.into());
        js.into()
    }
}

impl From<BundleError> for WebError {
    fn from(error: BundleError) -> Self {
        let code = match (&error.kind, error.file.as_str()) {
            (BundleErrorKind::Hash { .. } | BundleErrorKind::Size { .. }, _) => "hash",
            (_, MANIFEST) => "manifest",
            (_, file) if file.ends_with(".safetensors") => "weights",
            _ => "catalogue",
        };
        Self::new(code, error.to_string())
    }
}

impl From<VisitorError> for WebError {
    fn from(error: VisitorError) -> Self {
        let code = match error {
            VisitorError::UnknownItem(_) => "unknown-item",
            VisitorError::BadRating { .. } | VisitorError::TooMany(_) => "bad-answer",
            VisitorError::UnknownField { .. } => "unknown-field",
            VisitorError::UnknownValue { .. } => "unknown-value",
            _ => "bad-state",
        };
        Self::new(code, error.to_string())
    }
}

/// What was found in place of what was expected: as JSON where that can be.
pub fn found(value: &JsValue) -> String {
    let json = if value.is_object() || value.is_string() {
        match JSON::stringify(value) {
            Ok(json) => json.as_string(),
            Err(error) => Some(format!("what is no JSON ({})", text(&error))),
        }
    } else {
        None
    };
    shorten(&json.unwrap_or_else(|| text(value)))
}

/// A value in words; of an error its message.
pub fn text(value: &JsValue) -> String {
    if let Some(error) = value.dyn_ref::<Error>() {
        return error.message().into();
    }
    to_text(value).map_or_else(|_| "what has no words".into(), String::from)
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// `String(value)`: it takes symbols too, which `js_sys::JsString::from` refuses.
    #[wasm_bindgen(catch, js_name = String)]
    fn to_text(value: &JsValue) -> std::result::Result<JsString, JsValue>;
}
