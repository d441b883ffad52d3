//! The class as a page meets it: called from JavaScript, with what pages get right and wrong.
#![cfg(target_arch = "wasm32")]

#[path = "../model/tests/small/mod.rs"]
mod small;

use fewclicks::FewClicks;
use fewclicks_model::adapt::{Method, Steps};
use fewclicks_model::bundle::{Bundle, Precision};
use fewclicks_model::network::layout::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::parameters::Shipped;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn dishes() -> Bundle {
    small::bundle(Scope::Decision, Loss::SquaredError)
}

/// What `load` takes in place of an address.
fn source(bundle: &Bundle) -> JsValue {
    let [weights, catalogue, manifest] = bundle.write(Precision::F32);
    let source = Object::new();
    for (name, (_, content)) in [("manifest", manifest), ("weights", weights), ("catalogue", catalogue)] {
        Reflect::set(&source, &name.into(), &Uint8Array::from(content.as_slice())).unwrap();
    }
    source.into()
}

async fn session() -> JsValue {
    JsFuture::from(Promise::from(FewClicks::load(source(&dishes()), JsValue::UNDEFINED))).await.expect("a sound bundle")
}

/// The value of a JavaScript expression in which `session` and `FewClicks` are known.
fn run(session: &JsValue, expression: &str) -> Result<JsValue, JsValue> {
    let body = format!("const FewClicks = session.constructor; return {expression};");
    Function::new_with_args("session", &body).call1(&JsValue::UNDEFINED, session)
}

/// As plain data.
fn value(session: &JsValue, expression: &str) -> Value {
    let value = run(session, expression).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
    assert!(!value.is_undefined(), "{expression} is undefined");
    serde_wasm_bindgen::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

/// The value with 0 for every number: predictions are tested elsewhere.
fn shape(value: Value) -> Value {
    match value {
        Value::Number(_) => json!(0),
        Value::Array(list) => list.into_iter().map(shape).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, shape(value))).collect(),
        other => other,
    }
}

fn dish(id: &str, course: &str) -> Value {
    json!({ "id": id, "title": id.to_uppercase(), "fields": { "course": [course] } })
}

/// An error is a real one, says who threw it, and has a code to act on and words to read.
fn assert_error(what: &str, error: JsValue, code: &str, words: &str) {
    let property = |name: &str| Reflect::get(&error, &name.into()).ok().and_then(|value| value.as_string());
    assert!(error.is_instance_of::<js_sys::Error>(), "{what}: {error:?} is no Error");
    assert_eq!(property("name").as_deref(), Some("FewClicksError"), "{what}: {error:?}");
    assert_eq!(property("code").as_deref(), Some(code), "{what}: {error:?}");
    let message = property("message").unwrap_or_default();
    assert!(message.contains(words), "{what}: \"{message}\" does not say \"{words}\"");
}

#[wasm_bindgen_test]
async fn results_have_the_declared_shapes() {
    let session = &session().await;
    let ramen = dish("ramen", "soup");
    let liked = json!({ "item": ramen, "value": "like" });

    let mut info = value(session, "session.info");
    assert_eq!(info["scale"].take(), json!({ "min": 1, "max": 5, "like": 4.5, "dislike": 1.5 }));
    assert_eq!(
        info,
        json!({
            "name": "Dishes", "notice": "Made up.", "preset": "small", "kind": "ratings", "items": 6, "scale": null,
            "userFields": [{ "name": "age", "values": ["young", "old"] }],
        })
    );
    assert_eq!(value(session, "session.candidates(1)"), json!([ramen]));
    assert_eq!(value(session, "session.candidates(9).length"), 4);
    assert_eq!(value(session, "session.nextQuestion()"), ramen);
    assert_eq!(value(session, "session.undo()"), Value::Null);
    assert_eq!(value(session, "session.answers()"), json!([]));
    assert_eq!(value(session, "[session.answer('ramen', 'like')]"), json!([null]), "nothing is returned");
    assert_eq!(value(session, "session.answers()"), json!([liked]));
    assert_eq!(value(session, "session.candidates(1)[0].id !== 'ramen'"), true);

    let because = json!({ "item": ramen, "value": "like", "influence": 0 });
    let recommended = json!([{ "item": dish("pho", "soup"), "score": 0, "because": because }]);
    assert_eq!(shape(value(session, "session.recommend(1)")), recommended);
    assert_eq!(value(session, "[0, 3, 1e9].map((k) => session.recommend(k).length)"), json!([0, 3, 5]));
    assert_eq!(value(session, "session.recommend(9, { includeAnswered: true }).length"), 6);
    assert_eq!(value(session, "[{}, null].map((options) => session.recommend(9, options).length)"), json!([5, 5]));
    assert_eq!(shape(value(session, "session.explain('pho')")), json!([because]));
    assert_eq!(shape(value(session, "session.predict('pho')")), 0);
    assert_eq!(value(session, "session.undo('ramen')"), liked);
    assert_eq!(value(session, "session.undo('ramen')"), Value::Null);
    assert_eq!(value(session, "session.recommend(1)[0].because"), Value::Null);
}

#[wasm_bindgen_test]
async fn every_kind_of_answer_is_taken_and_given_back() {
    let session = &session().await;
    run(session, "['like', 'dislike', 'unknown'].forEach((word) => session.answer('ramen', word))").unwrap();
    run(session, "[1, 5, 2.5].forEach((rating) => session.answer('udon', rating))").unwrap();
    let values = value(session, "session.answers().map(({ item, value }) => [item.id, value])");
    assert_eq!(values, json!([["ramen", "unknown"], ["udon", 2.5]]));
}

#[wasm_bindgen_test]
async fn a_session_is_kept_as_json_and_forgotten_when_asked() {
    let session = &session().await;
    let plain = value(session, "session.predict('pho')");
    run(session, "session.answer('ramen', 'like'), session.answer('sorbet', 2), session.describe('age', 'old')")
        .unwrap();
    let saved = json!({
        "version": 1,
        "answers": [{ "id": "ramen", "value": "like" }, { "id": "sorbet", "value": 2 }],
        "user": { "age": "old" },
    });
    assert_eq!(value(session, "session.save()"), saved);
    let restore = "JSON.parse(JSON.stringify(session.save()))";
    let other = &run(session, "session.another()").unwrap();
    assert_eq!(value(other, "session.answers()"), json!([]), "another session starts empty");
    let restored = Function::new_with_args("session, other", &format!("return other.restore({restore})"));
    let gone = restored.call2(&JsValue::UNDEFINED, session, other).unwrap();
    assert_eq!(js_sys::Array::from(&gone).length(), 0);
    for expression in ["session.save()", "session.predict('pho')", "session.explain('brownie')"] {
        assert_eq!(value(other, expression), value(session, expression));
    }
    let pizza = "session.restore({ version: 1, answers: [{ id: 'pizza', value: 'like' }], user: {} })";
    assert_eq!(value(other, pizza), json!(["pizza"]));

    run(session, "session.describe('age', null)").unwrap();
    assert_eq!(value(session, "session.save().user"), json!({}));
    run(session, "session.forget()").unwrap();
    assert_eq!(value(session, "session.predict('pho')"), plain);
    assert_eq!(value(session, "session.save()").get("answers"), Some(&json!([])));
}

#[wasm_bindgen_test]
async fn what_a_call_cannot_answer_is_an_error_with_a_code() {
    let session = &session().await;
    run(session, "session.answer('udon', 'dislike')").unwrap();
    let before = value(session, "[session.save(), session.recommend(9)]");
    for (expression, code, words) in [
        ("session.answer('pizza', 'like')", "unknown-item", "no item \"pizza\""),
        ("session.answer('', 'like')", "unknown-item", ""),
        ("session.undo('pizza')", "unknown-item", "pizza"),
        ("session.explain('pizza')", "unknown-item", "pizza"),
        ("session.predict('pizza')", "unknown-item", "pizza"),
        ("session.predict('\\ud800')", "unknown-item", ""),
        ("session.answer(5, 'like')", "unknown-item", "item ids are strings, found 5"),
        ("session.answer(undefined, 'like')", "unknown-item", "item ids are strings, found undefined"),
        ("session.undo(7n)", "unknown-item", "item ids are strings, found 7"),
        ("session.explain(Symbol('pho'))", "unknown-item", "item ids are strings, found Symbol(pho)"),
        ("session.predict()", "unknown-item", "item ids are strings, found undefined"),
        ("session.predict({ id: 'pho' })", "unknown-item", "item ids are strings, found {\"id\":\"pho\"}"),
        ("session.predict({ toString() { throw 7; }, toJSON() {} })", "unknown-item", "found what has no words"),
        ("session.predict('pho '.repeat(99).split(' '))", "unknown-item", "found [\"pho\",\"pho\","),
        (
            "session.answer('ramen', 'love')",
            "bad-answer",
            "expected a rating, \"like\", \"dislike\" or \"unknown\", found \"love\"",
        ),
        ("session.answer('ramen', 'Like')", "bad-answer", "expected"),
        ("session.answer('ramen', '5')", "bad-answer", "expected"),
        ("session.answer('ramen', 9)", "bad-answer", "from 1 to 5"),
        ("session.answer('ramen', -0)", "bad-answer", "from 1 to 5"),
        ("session.answer('ramen', NaN)", "bad-answer", "found NaN"),
        ("session.answer('ramen', -Infinity)", "bad-answer", "found -Infinity"),
        ("session.answer('ramen', 2n ** 70n)", "bad-answer", "found 1180591620717411303424"),
        ("session.answer('ramen')", "bad-answer", "found undefined"),
        ("session.answer('ramen', null)", "bad-answer", "expected"),
        ("session.answer('ramen', true)", "bad-answer", "expected"),
        ("session.answer('ramen', {})", "bad-answer", "expected"),
        ("session.answer('ramen', { value: 'like' })", "bad-answer", "expected"),
        ("session.answer('ramen', ['like'])", "bad-answer", "found [\"like\"]"),
        ("session.answer('ramen', ((loop) => (loop.again = loop))({}))", "bad-answer", "found what is no JSON ("),
        ("session.answer('ramen', () => 'like')", "bad-answer", "expected"),
        ("session.answer('ramen', Symbol('like'))", "bad-answer", "found Symbol(like)"),
        ("session.answer('ramen', new Date())", "bad-answer", "expected"),
        ("session.recommend(1, { includeAnswered: 'yes' })", "bad-options", "includeAnswered"),
        ("session.recommend(1, true)", "bad-options", "includeAnswered"),
        ("session.describe('hunger', 'great')", "unknown-field", "this bundle has age"),
        ("session.describe('hunger', null)", "unknown-field", "hunger"),
        ("session.describe(5, 'great')", "unknown-field", "names of user fields are strings, found 5"),
        ("session.describe('age', 18)", "unknown-value", "values of user fields are strings, found 18"),
        ("session.describe('age', 'ancient')", "unknown-value", "info.userFields"),
        ("session.describe('age', '')", "unknown-value", "age"),
        ("session.restore()", "bad-state", "what save() returned, found undefined"),
        ("session.restore(null)", "bad-state", "what save() returned"),
        ("session.restore(JSON.stringify(session.save()))", "bad-state", "what save() returned"),
        ("session.restore({})", "bad-state", "saved state: version: missing; pass what save() returned"),
        ("session.restore({ ...session.save(), version: 2 })", "bad-state", "version 2, expected 1"),
        ("session.restore({ ...session.save(), version: -1 })", "bad-state", "expected"),
        ("session.restore({ version: 1, answers: {} })", "bad-state", "expected"),
        ("session.restore({ get version() { throw TypeError('no'); } })", "bad-state", "saved state: no; pass what"),
        ("session.restore({ version: 1, answers: [null] })", "bad-state", "answers[0]: found null, expected an object"),
        (
            "session.restore({ version: 1, answers: [{ id: 7, value: 'like' }] })",
            "bad-state",
            "answers[0].id: found 7, expected a string",
        ),
        ("session.restore({ version: 1, answers: [{ id: 'pho', value: 9 }] })", "bad-state", "pho: rating 9"),
        (
            "session.restore({ version: 1, answers: [{ id: 'udon', value: 1 }, { id: 'pho', value: 'love' }] })",
            "bad-state",
            "answers[1].value: found \"love\", expected a rating, \"like\", \"dislike\" or \"unknown\"",
        ),
        ("session.restore({ version: 1, answers: [], user: { age: 7 } })", "bad-state", "user.age: found 7, expected"),
    ] {
        let error = run(session, expression).expect_err(expression);
        let message = js_sys::Error::from(error.clone()).message();
        assert!(message.length() < 250, "{expression}: {message} is long");
        let stack = message.includes("JsValue", 0) || message.includes("    at ", 0);
        assert!(!stack, "{expression}: {message} is for debuggers");
        assert_error(expression, error, code, words);
        assert_eq!(value(session, "[session.save(), session.recommend(9)]"), before, "{expression} changed something");
    }
}

#[wasm_bindgen_test]
async fn the_model_itself_keeps_nothing_in_the_browser() {
    let window = web_sys::window().unwrap();
    let document: web_sys::HtmlDocument = window.document().unwrap().unchecked_into();
    let kept = || {
        let length = |storage: Option<web_sys::Storage>| storage.unwrap().length().unwrap();
        let stored = [window.local_storage(), window.session_storage()].map(|storage| length(storage.unwrap()));
        (stored, document.cookie().unwrap())
    };
    let before = kept();
    let session = &session().await;
    run(session, "session.describe('age', 'old'), session.answer('ramen', 'like')").unwrap();
    for call in ["recommend(9)", "questions(9, [])", "explain('pho')", "save()", "adaptation()"] {
        value(session, &format!("session.{call}"));
    }
    assert_eq!(kept(), before);
}

#[wasm_bindgen_test]
async fn how_many_items_is_a_whole_number() {
    let session = &session().await;
    for call in ["candidates(N)", "recommend(N)", "questions(N, [])"] {
        for n in ["NaN", "undefined", "0.9", "-1", "Infinity", "2 ** 32", "'many'"] {
            let expression = format!("session.{}", call.replace('N', n));
            let error = run(session, &expression).expect_err(&expression);
            assert_error(&expression, error, "bad-options", "a whole number from 0 on");
        }
        assert_eq!(value(session, &format!("session.{}", call.replace('N', "0"))), json!([]));
    }
}

#[wasm_bindgen_test]
async fn what_a_widget_asks_has_the_declared_shapes() {
    let session = &session().await;
    let ids = |expression: &str| value(session, &format!("session.{expression}.map(({{ id }}) => id)"));
    assert_eq!(ids("items()"), json!(["ramen", "pho", "udon", "tiramisu", "brownie", "sorbet"]));
    assert_eq!(value(session, "session.items()[0]"), dish("ramen", "soup"));
    assert_eq!(value(session, "session.questions(1, [])[0]"), value(session, "session.nextQuestion()"));
    assert_eq!(ids("questions(9, ['ramen', 'tiramisu', 'brownie', 'no such dish'])"), json!(["udon"]));

    run(session, "session.exclude(['ramen'])").unwrap();
    assert_eq!(value(session, "session.recommend(9).length"), json!(5));
    for list in ["'ramen'", "[1]", "undefined", "{}"] {
        for call in [format!("session.exclude({list})"), format!("session.questions(1, {list})")] {
            let error = run(session, &call).expect_err(&call);
            assert_error(&call, error, "unknown-item", "a list of item ids");
        }
    }
    assert_eq!(value(session, "session.recommend(9).length"), json!(5), "what was refused has changed nothing");

    run(session, "session.answer('pho', 'like')").unwrap();
    let adaptation = value(session, "session.adaptation()");
    assert_eq!(adaptation["method"], "gradient");
    let about = json!({ "method": "gradient", "steps": 0, "answers": 0, "lossBefore": 0, "lossAfter": 0 });
    assert_eq!(shape(adaptation), about);
}

#[wasm_bindgen_test]
async fn a_source_that_is_no_bundle_is_refused_with_a_code() {
    let session = &session().await;
    for (source, code, words) in [
        ("undefined", "bad-source", "cannot load from undefined: expected an address"),
        ("null", "bad-source", "cannot load from null: expected an address"),
        ("7", "bad-source", "cannot load from 7: expected an address"),
        ("true", "bad-source", "cannot load from true"),
        ("Symbol()", "bad-source", "cannot load from Symbol()"),
        ("{}", "bad-source", "source.manifest is no Uint8Array"),
        ("{ get manifest() { throw 7; } }", "bad-source", "source.manifest"),
        ("{ manifest: new Uint8Array(2) }", "bad-source", "source.weights"),
        ("{ manifest: new ArrayBuffer(2), weights: [], catalogue: '' }", "bad-source", "source.manifest"),
        ("[1, 2, 3].map(() => new Uint8Array(2))", "bad-source", "source.manifest"),
        ("'/no/such/folder'", "network", "/no/such/folder/manifest.json: status 404"),
        ("new URL('/no/manifest.json?v=1', location)", "network", "/no/manifest.json?v=1: status 404"),
        ("'http://['", "network", "http://["),
        ("'nonsense:bundle'", "network", "is its address right?"),
    ] {
        let promise = run(session, &format!("FewClicks.load({source})")).expect("a promise, whatever is asked");
        let error = JsFuture::from(promise.unchecked_into::<Promise>()).await.expect_err(source);
        assert_error(source, error, code, words);
    }
}

#[wasm_bindgen_test]
async fn bundles_load_side_by_side() {
    let sources = [source(&dishes()), JsValue::NULL, source(&dishes())];
    let load = "(sources) => Promise.allSettled(sources.map((source) => session.constructor.load(source)))";
    let load: Function = run(&session().await, load).unwrap().unchecked_into();
    let promise = load.call1(&JsValue::UNDEFINED, &sources.into_iter().collect::<js_sys::Array>()).unwrap();
    let settled = &JsFuture::from(promise.unchecked_into::<Promise>()).await.unwrap();
    let statuses = json!(["fulfilled", "rejected", "fulfilled"]);
    assert_eq!(value(settled, "session.map(({ status }) => status)"), statuses);
    run(settled, "session[0].value.answer('ramen', 'like')").unwrap();
    assert_eq!(value(settled, "[0, 2].map((i) => session[i].value.answers().length)"), json!([1, 0]));
}

async fn assert_refused(what: &str, source: JsValue, code: &str, words: &str) {
    match JsFuture::from(Promise::from(FewClicks::load(source, JsValue::UNDEFINED))).await {
        Ok(_) => panic!("{what} was taken"),
        Err(error) => assert_error(what, error, code, words),
    }
}

#[wasm_bindgen_test]
async fn a_bundle_that_breaks_a_rule_is_refused_with_its_files_code() {
    type Case = (fn(&mut Bundle), &'static str, &'static str);
    let cases: [Case; 2] = [
        (
            |b| b.model.update.method = Method::Gradient(Steps { steps: 5000, kappa: 0.0 }),
            "manifest",
            "manifest.json: local_update.steps: 5000",
        ),
        (
            |b| b.model.theta = Shipped::of(&b.model.layout, &vec![f32::NAN; b.model.layout.len()]),
            "weights",
            "mean: number 0 is NaN",
        ),
    ];
    for (break_it, code, words) in cases {
        let mut bundle = dishes();
        break_it(&mut bundle);
        assert_refused(words, source(&bundle), code, words).await;
    }
}

#[wasm_bindgen_test]
async fn files_of_two_bundles_do_not_mix() {
    let (one, other) = (source(&dishes()), source(&small::bundle(Scope::Last, Loss::SquaredError)));
    Reflect::set(&one, &"weights".into(), &Reflect::get(&other, &"weights".into()).unwrap()).unwrap();
    assert_refused("other weights", one.clone(), "hash", "mixed with another bundle's").await;
    let empty = Uint8Array::new_with_length(0);
    Reflect::set(&one, &"manifest".into(), &empty).unwrap();
    assert_refused("an empty manifest", one, "manifest", "manifest.json: JSON").await;
}
