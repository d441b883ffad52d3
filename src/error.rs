//! Errors as JavaScript knows them: a real `Error` with a `code`.

use super::js;
use fewclicks_model::bundle::{BundleError, MANIFEST, Rule};
use fewclicks_model::visitor::VisitorError;
use wasm_bindgen::JsValue;

pub type Result<T> = std::result::Result<T, WebError>;

/// An error on its way to JavaScript.
pub struct WebError {
    code: &'static str,
    message: String,
}

impl WebError {
    pub fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }
}

impl From<WebError> for JsValue {
    fn from(error: WebError) -> Self {
        let js = js::Error::new(&error.message).into();
        js::set_property(&js, "name", &"FewClicksError".into());
        js::set_property(&js, "code", &error.code.into());
        js
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
        Self::new(code, error.words())
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
        Self::new(code, error.words())
    }
}
