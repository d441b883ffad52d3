//! A session returns what its declarations say, and keeps nothing of its own accord.

use crate::page::{assert_error, dish, load, run, session, shape, source_of, value};
use crate::small;
use fewclicks_model::bundle::Precision;
use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

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
            "name": "Dishes", "notice": "Made up.", "preset": "small",
            "made": "trainer 0.0.0, 2026-01-02, seed 7, data abc", "kind": "ratings", "model": "network", "itemCount": 6, "scale": null,
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
    let recommended = json!([{ "item": dish("pho", "soup"), "score": 0, "because": because, "reasons": [because] }]);
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

/// Proves that the default model is loaded, and that replies of its sessions have the same shapes.
#[wasm_bindgen_test]
async fn the_default_model_has_the_declared_shapes() {
    let session =
        &load(source_of(&small::halves().write(&small::items(), Precision::Int8))).await.expect("a sound bundle");
    assert_eq!(value(session, "[session.info.model, session.info.kind]"), json!(["halves", "ratings"]));
    run(session, "session.answer('ramen', 'like'), session.answer('sorbet', 'unknown')").unwrap();
    let because = json!({ "item": dish("ramen", "soup"), "value": "like", "influence": 0 });
    let recommended = json!([{ "item": dish("pho", "soup"), "score": 0, "because": because, "reasons": [because] }]);
    assert_eq!(shape(value(session, "session.recommend(1)")), recommended);
    assert_eq!(value(session, "session.explain('pho').length"), 2, "every answer counts");
    assert_eq!(value(session, "session.questions(9, []).length"), 3, "one of four candidates is answered");
    assert_eq!(
        value(session, "[session.adaptation()].map(({ method, steps, answers }) => [method, steps, answers])[0]"),
        json!(["halves", 2, 2])
    );
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
    let declared = json!({
        "method": "gradient", "steps": 0, "answers": 0, "lossBefore": 0, "lossAfter": 0, "milliseconds": 0,
    });
    assert_eq!(shape(adaptation), declared);
}

#[wasm_bindgen_test]
async fn an_item_is_one_object_wherever_it_occurs() {
    let session = &session().await;
    run(session, "session.answer('ramen', 'like')").unwrap();
    for item in [
        "session.answers()[0].item",
        "session.explain('pho')[0].item",
        "session.recommend(9, { includeAnswered: true }).find(({ item }) => item.id === 'ramen').item",
        "session.recommend(1)[0].because.item",
        "session.newSession().candidates(1)[0]",
        "session.newSession().items()[0]",
    ] {
        assert_eq!(value(session, &format!("{item} === session.items()[0]")), true, "{item}");
    }
    assert_eq!(value(session, "session.items() === session.items()"), false, "a page may sort its list");
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
    let other = &run(session, "session.newSession()").unwrap();
    assert_eq!(value(other, "session.answers()"), json!([]), "a new session starts empty");
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
