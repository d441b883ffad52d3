//! Bundles load side by side; what is no sound bundle is refused with a code.

use crate::page::{assert_error, dishes, load, run, session, source, source_of, value};
use crate::small;
use fewclicks_model::bundle::{Bundle, Precision};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::parameters::StoredParameters;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

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

async fn assert_refused(what: &str, source: JsValue, code: &str, words: &str) {
    match load(source).await {
        Ok(_) => panic!("{what}: accepted"),
        Err(error) => assert_error(what, error, code, words),
    }
}

#[wasm_bindgen_test]
async fn a_bundle_that_breaks_a_rule_is_refused_with_its_files_code() {
    type Case = (fn(&mut Bundle), &'static str, &'static str);
    let cases: [Case; 2] = [
        (
            |b| {
                let model = &mut small::network_mut(b).model;
                model.update = model.update.with_steps(5000);
            },
            "manifest",
            "manifest.json: model.local_update.steps: 5000",
        ),
        (
            |b| {
                let model = &mut small::network_mut(b).model;
                model.theta = StoredParameters::from_flat(&model.layout, &vec![f32::NAN; model.layout.len()]);
            },
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

/// Files whose sizes are only claimed take no memory: they are refused as often as they come, and a sound bundle still loads.
#[wasm_bindgen_test]
async fn claims_of_gigabytes_are_refused_and_leave_room() {
    const CLAIM: usize = 1 << 30;
    let mut files = dishes().write(&small::items(), Precision::F32);
    let mut manifest: Value = serde_json::from_slice(&files[2].1).unwrap();
    for file in ["weights", "catalogue"] {
        manifest[file]["bytes"] = json!(CLAIM);
    }
    files[2].1 = manifest.to_string().into_bytes();
    for _ in 0..5 {
        assert_refused("2 GiB", source_of(&files), "hash", "bytes, expected 1073741824").await;
    }
    session().await;
}

/// Finite parameters whose scores are not: the first list is an error, and not empty.
#[wasm_bindgen_test]
async fn a_model_without_finite_scores_makes_no_list() {
    let mut bundle = dishes();
    let model = &mut small::network_mut(&mut bundle).model;
    model.theta = StoredParameters::from_flat(&model.layout, &vec![f32::MAX; model.layout.len()]);
    let session = &load(source(&bundle)).await.expect("finite parameters");
    for list in ["session.recommend(3)", "session.rank(3)"] {
        assert_error(list, run(session, list).unwrap_err(), "weights", "no finite score of item");
    }
}
