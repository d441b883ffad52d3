//! Values on their way to and from JavaScript.

use super::error::{Result, WebError};
use crate::bundle::{Bundle, Item};
use crate::features::Vocabulary;
use crate::scale::Scale;
use crate::visitor::{self, Answer};
use js_sys::JSON;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// As plain objects, arrays, strings and numbers; what is missing becomes `null`.
pub fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| WebError::new("internal", error.to_string()))
}

/// The value, or an error of `code` that says what was expected.
///
/// By way of JSON: a getter that throws, or a cycle, is then refused by the browser, where reading the value piece by
/// piece would let the exception pass through a borrowed session and lock it.
pub fn from_js<T: DeserializeOwned>(value: JsValue, code: &'static str, expected: &str) -> Result<T> {
    let refused = |reason: String| WebError::new(code, format!("{reason}; expected {expected}"));
    let text = JSON::stringify(&value).map_err(|error| refused(format!("{error:?}")))?;
    // Of what JSON does not know, such as undefined, nothing is left.
    let text = text.as_string().unwrap_or_else(|| "null".into());
    serde_json::from_str(&text).map_err(|error| refused(error.to_string()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info<'a> {
    name: &'a str,
    notice: &'a str,
    preset: &'a str,
    items: usize,
    scale: Scale,
    user_fields: &'a [Vocabulary],
}

impl<'a> Info<'a> {
    pub fn of(bundle: &'a Bundle) -> Self {
        Self {
            name: &bundle.about.name,
            notice: &bundle.about.notice,
            preset: &bundle.about.preset,
            items: bundle.catalogue.items.len(),
            scale: bundle.model.scale,
            user_fields: &bundle.user_vocabularies,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecommendOptions {
    #[serde(default)]
    pub include_answered: bool,
}

#[derive(Serialize)]
pub struct Answered<'a> {
    pub item: &'a Item,
    pub value: Answer,
}

#[derive(Serialize)]
pub struct Reason<'a> {
    item: &'a Item,
    value: Answer,
    influence: f32,
}

impl<'a> Reason<'a> {
    pub fn of(bundle: &'a Bundle, reason: &visitor::Reason) -> Self {
        let item = &bundle.catalogue.items[reason.item];
        Self { item, value: reason.answer, influence: reason.influence }
    }
}

#[derive(Serialize)]
pub struct Recommendation<'a> {
    item: &'a Item,
    score: f32,
    because: Option<Reason<'a>>,
}

impl<'a> Recommendation<'a> {
    pub fn of(bundle: &'a Bundle, recommendation: &visitor::Recommendation) -> Self {
        let because = recommendation.because.as_ref().map(|reason| Reason::of(bundle, reason));
        Self { item: &bundle.catalogue.items[recommendation.item], score: recommendation.score, because }
    }
}
