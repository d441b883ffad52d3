//! Errors as JavaScript knows them: a real `Error` with a `code`.

use crate::bundle::{BundleError, MANIFEST, Rule};
use crate::visitor::VisitorError;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

pub type Result<T> = std::result::Result<T, WebError>;

/// An error on its way to JavaScript.
pub struct WebError {
    code: &'static str,
    message: String,
}

impl WebError {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<WebError> for JsValue {
    fn from(error: WebError) -> Self {
        let js = js_sys::Error::new(&error.message);
        js.set_name("FewClicksError");
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&js, &"code".into(), &error.code.into());
        js.into()
    }
}

impl From<Box<BundleError>> for WebError {
    fn from(error: Box<BundleError>) -> Self {
        let code = match (&error.rule, error.file.as_str()) {
            (Rule::Hash { .. } | Rule::Size { .. }, _) => "hash",
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
            VisitorError::BadState(_) => "bad-state",
        };
        Self::new(code, error.to_string())
    }
}
