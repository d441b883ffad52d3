//! Values on their way to and from JavaScript.

use super::error::{Result, WebError};
use super::words::{cut, found, reason};
use crate::bundle::{Bundle, Item};
use crate::features::Vocabulary;
use crate::scale::Scale;
use crate::visitor::{self, Answer, SavedAnswer, SavedState, VisitorError};
use js_sys::JSON;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// As plain objects, arrays, strings and numbers; what is missing becomes `null`.
pub fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| WebError::new("internal", error.to_string()))
}

/// What an answer may be.
pub const ANSWER: &str = "a rating, \"like\", \"dislike\" or \"unknown\"";

/// The value, or an error of `code` that says what was expected.
pub fn from_js<T: DeserializeOwned>(value: &JsValue, code: &'static str, expected: &str) -> Result<T> {
    let parsed = json(value).ok().and_then(|json| T::deserialize(json).ok());
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

/// What `save` gave, or an error that says which part of it is not.
pub fn saved_state(value: &JsValue) -> Result<SavedState> {
    let refused = |reason: String| WebError::from(VisitorError::BadState(reason));
    let advice = "pass what save() returned";
    let state = json(value).map_err(|reason| refused(format!("{reason}; {advice}")))?;
    if !state.is_object() {
        return Err(refused(format!("expected what save() returned, found {}", found(value))));
    }
    for (i, answer) in state["answers"].as_array().into_iter().flatten().enumerate() {
        let expected = format!("expected an id, which is a string, and a value, which is {ANSWER}");
        let wrong = |_| refused(format!("answers[{i}]: {expected}, found {}", cut(&answer.to_string())));
        SavedAnswer::deserialize(answer).map_err(wrong)?;
    }
    SavedState::deserialize(state).map_err(|error| refused(format!("{error}; {advice}")))
}

/// The value by way of JSON: a getter that throws, or a cycle, is then refused by the browser, where reading the value
/// piece by piece would let the exception pass through a borrowed session and lock it.
fn json(value: &JsValue) -> std::result::Result<Value, String> {
    let text = JSON::stringify(value).map_err(|error| reason(&error))?;
    // Of what JSON does not know, such as undefined, nothing is left.
    let text = text.as_string().unwrap_or_else(|| "null".into());
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info<'a> {
    name: &'a str,
    notice: &'a str,
    preset: &'a str,
    kind: &'static str,
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
            kind: if bundle.model.update.learns_picks() { "picks" } else { "ratings" },
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
