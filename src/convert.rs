//! Values on their way to and from JavaScript. There they are plain objects, arrays, strings and numbers.

use super::error::{Result, WebError};
use super::js::{self, Array, Object};
use super::words::{found, thrown};
use fewclicks_model::adapt::LocalUpdate;
use fewclicks_model::bundle::{Bundle, Item};
use fewclicks_model::compact::decimal::is_whole;
use fewclicks_model::compact::json::{self, Json, Node, parse};
use fewclicks_model::model::features::Vocabulary;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::visitor::{Adaptation, Answer, Reason, Recommendation, SavedAnswer, SavedState, VisitorError};
use wasm_bindgen::JsValue;

/// What `read` makes of the value, or an error of `code` that says what was expected.
pub fn from_js<T>(value: &JsValue, code: &'static str, expected: &str, read: fn(&Node) -> T) -> Result<T> {
    let parsed = json(value).ok().and_then(|json| json::read(&json, read).ok());
    parsed.ok_or_else(|| WebError::new(code, ["expected ", expected, ", found ", &found(value)].concat()))
}

/// A string, or an error of `code` that says what must be one. Taken as `&str`, anything else would trap.
pub fn string(value: &JsValue, code: &'static str, what: &str) -> Result<String> {
    value.as_string().ok_or_else(|| WebError::new(code, [what, " are strings, found ", &found(value)].concat()))
}

/// As [`string`]; undefined and null are none.
pub fn optional_string(value: &JsValue, code: &'static str, what: &str) -> Result<Option<String>> {
    if value.is_undefined() || value.is_null() { Ok(None) } else { string(value, code, what).map(Some) }
}

/// How many, or an error that says what was expected.
pub fn count(n: f64) -> Result<usize> {
    let expected = || WebError::new("bad-options", "expected how many, a whole number from 0 on".into());
    if (0.0..=f64::from(u32::MAX)).contains(&n) && is_whole(n) { Ok(n as usize) } else { Err(expected()) }
}

/// What `save` gave, or an error that says which part of it is not.
pub fn saved_state(value: &JsValue) -> Result<SavedState> {
    let refused = |reason: String| WebError::from(VisitorError::BadState(reason));
    let advice = "pass what save() returned";
    let state = json(value).map_err(|reason| refused([&reason, "; ", advice].concat()))?;
    if !matches!(state, Json::Object(_)) {
        return Err(refused(["expected what save() returned, found ", &found(value)].concat()));
    }
    json::read(&state, SavedState::read)
        .map_err(|unfit| refused([&unfit.path, ": ", &unfit.reason, "; ", advice].concat()))
}

/// The value by way of JSON: a getter that throws, or a cycle, is then refused by the browser, where reading the value
/// piece by piece would let the exception pass through a borrowed session and lock it.
fn json(value: &JsValue) -> std::result::Result<Json, String> {
    let text = js::stringify(value).map_err(|error| thrown(&error))?;
    // Of what JSON does not know, such as undefined, nothing is left.
    let text = text.unwrap_or_else(|| "null".into());
    parse(text.as_bytes())
}

/// Of the options to `recommend`, whether to include items with an answer.
pub fn include_answered(options: &Node) -> bool {
    if options.is_null() {
        return false;
    }
    options.has_only(&["includeAnswered"]);
    options.optional("includeAnswered").is_some_and(|include| include.bool())
}

/// What the bundle is.
pub fn info(bundle: &Bundle) -> JsValue {
    let Bundle { about, model, catalogue, user_vocabularies, .. } = bundle;
    let field = |vocabulary: &Vocabulary| {
        Object::new().with("name", vocabulary.name()).with("values", texts(vocabulary.values())).into()
    };
    asking(&model.update, model.scale)
        .with("name", &about.name)
        .with("notice", &about.notice)
        .with("preset", &about.preset)
        .with("items", catalogue.len() as f64)
        .with("userFields", list(user_vocabularies, &field))
        .into()
}

/// What to know before anything can be asked: the kind of answers, and their scale.
pub fn asking(update: &LocalUpdate, Scale { min, max, like, dislike }: Scale) -> Object {
    let scale = Object::new().with("min", min).with("max", max).with("like", like).with("dislike", dislike);
    Object::new().with("kind", if update.learns_picks() { "picks" } else { "ratings" }).with("scale", scale)
}

pub fn item(bundle: &Bundle, position: usize) -> JsValue {
    shown(&bundle.catalogue.item(position))
}

/// As people see it.
pub fn shown(Item { id, title, fields }: &Item) -> JsValue {
    let fields = fields.iter().fold(Object::new(), |object, (name, values)| object.with(name, texts(values)));
    Object::new().with("id", id).with("title", title).with("fields", fields).into()
}

/// An item with what was said of it.
pub fn answered(bundle: &Bundle, &(position, value): &(usize, Answer)) -> JsValue {
    said(item(bundle, position), value).into()
}

fn said(item: JsValue, value: Answer) -> Object {
    Object::new().with("item", item).with("value", answer(value))
}

/// What the local update did.
pub fn adaptation(adaptation: &Adaptation) -> JsValue {
    let Adaptation { method, steps, answers, loss_before, loss_after } = *adaptation;
    Object::new()
        .with("method", method)
        .with("steps", steps as f64)
        .with("answers", answers as f64)
        .with("lossBefore", loss_before)
        .with("lossAfter", loss_after)
        .into()
}

fn answer(answer: Answer) -> JsValue {
    match answer {
        Answer::Rating(rating) => rating.into(),
        Answer::Word(word) => word.name().into(),
    }
}

pub fn reason(bundle: &Bundle, reason: &Reason) -> JsValue {
    said(item(bundle, reason.item), reason.answer).with("influence", reason.influence).into()
}

pub fn recommendation(bundle: &Bundle, recommendation: &Recommendation) -> JsValue {
    let because = recommendation.because.as_ref().map_or(JsValue::NULL, |because| reason(bundle, because));
    let item = item(bundle, recommendation.item);
    Object::new().with("item", item).with("score", recommendation.score).with("because", because).into()
}

pub fn state(state: &SavedState) -> JsValue {
    let saved = |saved: &SavedAnswer| Object::new().with("id", &saved.id).with("value", answer(saved.value)).into();
    let user = state.user.iter().fold(Object::new(), |object, (name, value)| object.with(name, value));
    Object::new()
        .with("version", state.version as f64)
        .with("answers", list(&state.answers, &saved))
        .with("user", user)
        .into()
}

pub fn texts(texts: &[String]) -> JsValue {
    list(texts, &|text| text.into())
}

pub fn list<T>(values: &[T], each: &dyn Fn(&T) -> JsValue) -> JsValue {
    let list = Array::new();
    for value in values {
        list.push(&each(value));
    }
    list.into()
}
