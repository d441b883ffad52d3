//! What the tests share: bundles to load, and how to call a session as a page does.

use crate::small;
use fewclicks::FewClicks;
use fewclicks_model::bundle::{Bundle, Files, Precision};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use js_sys::{Function, JSON, Object, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};

pub fn dishes() -> Bundle {
    small::bundle(Scope::Decision, Loss::SquaredError)
}

/// Return what `load` takes in place of an address: a bundle in files.
pub fn source(bundle: &Bundle) -> JsValue {
    source_of(&bundle.write(&small::items(), Precision::F32))
}

/// Return these files as `load` takes them.
pub fn source_of([(_, weights), (_, catalogue), (_, manifest)]: &Files) -> JsValue {
    let source = Object::new();
    for (name, content) in [("manifest", manifest), ("weights", weights), ("catalogue", catalogue)] {
        Reflect::set(&source, &name.into(), &Uint8Array::from(content.as_slice())).unwrap();
    }
    source.into()
}

/// Load a bundle from its files.
pub async fn load(source: JsValue) -> Result<JsValue, JsValue> {
    FewClicks::load(source, JsValue::UNDEFINED, None).await.map(JsValue::from)
}

/// Return a session with six dishes.
pub async fn session() -> JsValue {
    load(source(&dishes())).await.expect("a sound bundle")
}

/// Return the value of a JavaScript expression in which `session` and `FewClicks` are known.
pub fn run(session: &JsValue, expression: &str) -> Result<JsValue, JsValue> {
    let body = format!("const FewClicks = session.constructor; return {expression};");
    Function::new_with_args("session", &body).call1(&JsValue::UNDEFINED, session)
}

/// As [`run`]; return plain data.
pub fn value(session: &JsValue, expression: &str) -> Value {
    let value = run(session, expression).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
    assert!(!value.is_undefined(), "{expression} is undefined");
    let json = JSON::stringify(&value).ok().and_then(|json| json.as_string());
    let json = json.unwrap_or_else(|| panic!("{expression} is no JSON"));
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

/// Return the value with 0 for every number: predictions are tested elsewhere.
pub fn shape(value: Value) -> Value {
    match value {
        Value::Number(_) => json!(0),
        Value::Array(list) => list.into_iter().map(shape).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, shape(value))).collect(),
        other => other,
    }
}

pub fn dish(id: &str, course: &str) -> Value {
    json!({ "id": id, "title": id.to_uppercase(), "fields": { "course": [course] } })
}

/// Assert that an error is an `Error` with the name of the class, this code, and a message that contains `words`.
pub fn assert_error(what: &str, error: JsValue, code: &str, words: &str) {
    let property = |name: &str| Reflect::get(&error, &name.into()).ok().and_then(|value| value.as_string());
    assert!(error.is_instance_of::<js_sys::Error>(), "{what}: {error:?} is no Error");
    assert_eq!(property("name").as_deref(), Some("FewClicksError"), "{what}: {error:?}");
    assert_eq!(property("code").as_deref(), Some(code), "{what}: {error:?}");
    let message = property("message").unwrap_or_default();
    assert!(message.contains(words), "{what}: \"{message}\" does not say \"{words}\"");
}
