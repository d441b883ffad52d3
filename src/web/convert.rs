//! Values on their way to and from JavaScript.

use super::error::{Result, WebError};
use super::js::{self, Array, Object};
use super::words::{found, thrown};
use crate::bundle::{Bundle, Item};
use crate::features::Vocabulary;
use crate::json::{self, Json, Node, parse};
use crate::scale::Scale;
use crate::visitor::{Adaptation, Answer, Reason, Recommendation, SavedAnswer, SavedState, VisitorError};
use wasm_bindgen::JsValue;

/// As plain objects, arrays, strings and numbers; what is missing becomes `null`.
pub fn to_js(value: &Json) -> JsValue {
    match value {
        Json::Null => JsValue::NULL,
        Json::Bool(yes) => (*yes).into(),
        Json::Number(number) => (*number).into(),
        Json::Text(text) => text.into(),
        Json::List(list) => {
            let array = Array::new();
            list.iter().for_each(|value| array.push(&to_js(value)));
            array.into()
        }
        Json::Object(entries) => {
            let object = Object::new().into();
            entries.iter().for_each(|(name, value)| js::set_property(&object, name, &to_js(value)));
            object
        }
    }
}

/// What `read` makes of the value, or an error of `code` that says what was expected.
pub fn from_js<T>(value: &JsValue, code: &'static str, expected: &str, read: fn(&Node) -> T) -> Result<T> {
    let parsed = json(value).ok().and_then(|json| json::read(&json, read).ok());
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

/// How many, or an error that says what was expected.
pub fn count(n: f64) -> Result<usize> {
    let expected = || WebError::new("bad-options", "expected how many, a whole number from 0 on".into());
    if (0.0..=f64::from(u32::MAX)).contains(&n) && n == n.trunc() { Ok(n as usize) } else { Err(expected()) }
}

/// What `save` gave, or an error that says which part of it is not.
pub fn saved_state(value: &JsValue) -> Result<SavedState> {
    let refused = |reason: String| WebError::from(VisitorError::BadState(reason));
    let advice = "pass what save() returned";
    let state = json(value).map_err(|reason| refused(format!("{reason}; {advice}")))?;
    if !matches!(state, Json::Object(_)) {
        return Err(refused(format!("expected what save() returned, found {}", found(value))));
    }
    json::read(&state, SavedState::read).map_err(|unfit| refused(format!("{}: {}; {advice}", unfit.path, unfit.reason)))
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
pub fn info(bundle: &Bundle) -> Json {
    let Bundle { about, model, catalogue, user_vocabularies, .. } = bundle;
    let Scale { min, max, like, dislike } = model.scale;
    let number = |x: f32| Json::Number(x.into());
    let scale = vec![("min", number(min)), ("max", number(max)), ("like", number(like)), ("dislike", number(dislike))];
    let kind = if model.update.learns_picks() { "picks" } else { "ratings" };
    let field = |vocabulary: &Vocabulary| {
        object(vec![("name", Json::text(vocabulary.name())), ("values", texts(vocabulary.values()))])
    };
    object(vec![
        ("name", Json::text(&about.name)),
        ("notice", Json::text(&about.notice)),
        ("preset", Json::text(&about.preset)),
        ("kind", Json::text(kind)),
        ("items", Json::Number(catalogue.len() as f64)),
        ("scale", object(scale)),
        ("userFields", list(user_vocabularies, &field)),
    ])
}

pub fn item(bundle: &Bundle, position: usize) -> Json {
    shown(&bundle.catalogue.item(position))
}

/// As people see it.
pub fn shown(Item { id, title, fields }: &Item) -> Json {
    let fields = fields.iter().map(|(name, values)| (name.into(), texts(values))).collect();
    object(vec![("id", Json::text(id)), ("title", Json::text(title)), ("fields", Json::Object(fields))])
}

/// An item with what was said of it.
pub fn answered(bundle: &Bundle, &(position, value): &(usize, Answer)) -> Json {
    object(vec![("item", item(bundle, position)), ("value", answer(value))])
}

/// What the local update did.
pub fn adaptation(adaptation: &Adaptation) -> Json {
    let Adaptation { method, steps, answers, loss_before, loss_after } = *adaptation;
    object(vec![
        ("method", Json::text(method)),
        ("steps", Json::Number(steps as f64)),
        ("answers", Json::Number(answers as f64)),
        ("lossBefore", Json::Number(loss_before.into())),
        ("lossAfter", Json::Number(loss_after.into())),
    ])
}

fn answer(answer: Answer) -> Json {
    match answer {
        Answer::Rating(rating) => Json::Number(rating.into()),
        Answer::Word(word) => Json::text(word.name()),
    }
}

pub fn reason(bundle: &Bundle, reason: &Reason) -> Json {
    let influence = Json::Number(reason.influence.into());
    object(vec![("item", item(bundle, reason.item)), ("value", answer(reason.answer)), ("influence", influence)])
}

pub fn recommendation(bundle: &Bundle, recommendation: &Recommendation) -> Json {
    let because = recommendation.because.as_ref().map_or(Json::Null, |because| reason(bundle, because));
    let score = Json::Number(recommendation.score.into());
    object(vec![("item", item(bundle, recommendation.item)), ("score", score), ("because", because)])
}

pub fn state(state: &SavedState) -> Json {
    let saved = |saved: &SavedAnswer| object(vec![("id", Json::text(&saved.id)), ("value", answer(saved.value))]);
    object(vec![
        ("version", Json::Number(state.version as f64)),
        ("answers", list(&state.answers, &saved)),
        ("user", Json::Object(state.user.iter().map(|(name, value)| (name.into(), Json::text(value))).collect())),
    ])
}

pub fn texts(texts: &[String]) -> Json {
    list(texts, &|text| Json::text(text))
}

pub fn list<T>(values: &[T], each: &dyn Fn(&T) -> Json) -> Json {
    let mut list = Vec::new();
    for value in values {
        list.push(each(value));
    }
    Json::List(list)
}

pub fn object(fields: Vec<(&str, Json)>) -> Json {
    let mut object = Vec::new();
    for (name, value) in fields {
        object.push((name.to_owned(), value));
    }
    Json::Object(object)
}
