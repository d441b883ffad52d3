//! Convert errors to those of JavaScript: an `Error` with the name `FewClicksError` and a `code`.

use fewclicks_model::bundle::{BundleError, BundleErrorKind, MANIFEST};
use fewclicks_model::compact::node::shorten;
use fewclicks_model::visitor::VisitorError;
use js_sys::{Error, JSON, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A result whose error is thrown in JavaScript.
pub(crate) type Result<T> = std::result::Result<T, WebError>;

/// An error to throw in JavaScript.
#[derive(Debug)]
pub struct WebError {
    /// A code of `ErrorCode` (`types.rs`).
    code: &'static str,
    message: String,
}

impl WebError {
    /// Create an error with one of the codes of `ErrorCode` (`types.rs`).
    pub(crate) fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }
}

impl From<WebError> for JsValue {
    fn from(error: WebError) -> Self {
        let js = Error::new(&error.message);
        js.set_name("FewClicksError");
        // Setting a property of a new object cannot fail.
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
            VisitorError::NotFinite(_) => "weights",
            _ => "bad-state",
        };
        Self::new(code, error.to_string())
    }
}

/// Describe a value that is not as expected: as JSON where possible.
pub(crate) fn found(value: &JsValue) -> String {
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

/// Convert a value to text; an error to its message.
pub(crate) fn text(value: &JsValue) -> String {
    if let Some(error) = value.dyn_ref::<Error>() {
        return error.message().into();
    }
    to_text(value).map_or_else(|_| "what has no words".into(), String::from)
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// Call `String(value)`, which accepts symbols too, unlike `js_sys::JsString::from`.
    #[wasm_bindgen(catch, js_name = String)]
    fn to_text(value: &JsValue) -> std::result::Result<JsString, JsValue>;
}
