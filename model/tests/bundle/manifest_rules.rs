//! A manifest that breaks a rule is refused.

use crate::files::*;
use crate::small::{self, network_mut};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates};
use fewclicks_model::bundle::{Bundle, BundleErrorKind, FORMAT, Manifest, Precision};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::layout::LayoutError;
use fewclicks_model::network::loss::Loss;
use serde_json::{Value, json};

const READOUT: &str = "2 to 256 pairs of finite numbers, strictly ascending in both";

fn adds_to_nothing() -> BundleErrorKind {
    LayoutError::AddsToNothing("field \"item\"".into()).into()
}

fn empty_table() -> BundleErrorKind {
    LayoutError::Empty("the item bias, the start or a hidden layer".into()).into()
}

fn gradient(scope: Scope, rates: Rates) -> LocalUpdate {
    LocalUpdate::Gradient(Gradient { scope, loss: Loss::SquaredError, steps: 3, kappa: 1.0, rates })
}

#[test]
fn a_manifest_that_breaks_a_rule_is_refused() {
    const MAX_BYTES: usize = 1 << 30;
    type Case = (&'static str, Value, &'static str, BundleErrorKind);
    let cases: Vec<Case> = vec![
        ("/format", json!(1), "format", BundleErrorKind::Format { found: 1, expected: FORMAT }),
        ("/weights/file", json!("../weights"), "weights.file", BundleErrorKind::FileName("../weights".into())),
        ("/weights/file", json!("a/weights"), "weights.file", BundleErrorKind::FileName("a/weights".into())),
        ("/weights/file", json!("..\\weights"), "weights.file", BundleErrorKind::FileName("..\\weights".into())),
        ("/weights/file", json!("w?x=%2e#"), "weights.file", BundleErrorKind::FileName("w?x=%2e#".into())),
        ("/catalogue/file", json!(""), "catalogue.file", BundleErrorKind::FileName(String::new())),
        ("/catalogue/file", json!(".hidden"), "catalogue.file", BundleErrorKind::FileName(".hidden".into())),
        (
            "/weights/bytes",
            json!(MAX_BYTES + 1),
            "weights.bytes",
            BundleErrorKind::TooLarge { bytes: MAX_BYTES + 1, max: MAX_BYTES },
        ),
        (
            "/catalogue/bytes",
            json!(MAX_BYTES + 1),
            "catalogue.bytes",
            BundleErrorKind::TooLarge { bytes: MAX_BYTES + 1, max: MAX_BYTES },
        ),
        ("/model/local_update/steps", json!(1001), "model.local_update.steps", range("1001", "at most 1000")),
        (
            "/model/local_update/kappa",
            json!(-0.5),
            "model.local_update.kappa",
            range("-0.5", "a finite number, 0 or more"),
        ),
        ("/model/rate", json!(1e39), "model.rate", range("inf", "null, as rates are learned")),
        ("/readout", json!([[1.0, 2.0], [2.0, 2.0]]), "readout", range("other knots", READOUT)),
        ("/readout", json!([[1.0, 2.0]]), "readout", range("other knots", READOUT)),
        (
            "/model/local_update/loss",
            json!("softmax"),
            "model.local_update.loss",
            schema("found \"softmax\", expected one of squared-error, bce-with-logits"),
        ),
        (
            "/model/local_update",
            json!({ "method": "softmax", "steps": 3, "kappa": 1 }),
            "model.architecture.hidden",
            range("hidden layers under a softmax", "none"),
        ),
        (
            "/model/local_update",
            json!({ "method": "softmax", "steps": 3, "kappa": 1, "scope": "decision" }),
            "model.local_update.scope",
            schema("unknown, expected only method, steps, kappa"),
        ),
        (
            "/model/local_update",
            json!({ "method": "ridge", "loss": "bce-with-logits" }),
            "model.local_update.loss",
            schema("unknown, expected only method"),
        ),
        (
            "/model/local_update",
            json!({ "method": "softmax", "steps": 3 }),
            "model.local_update.kappa",
            schema("missing"),
        ),
        ("/model/architecture/item_fields/0/adds", json!(true), "model.architecture", adds_to_nothing()),
        ("/model/architecture/start", json!(0), "model.architecture", empty_table()),
        ("/user_fields/0/values", json!(["young"]), "user_fields", shape("age with 2 rows", "age with 3 rows")),
        ("/user_fields/0/name", json!("band"), "user_fields", shape("band with 3 rows", "age with 3 rows")),
        ("/user_fields", json!([]), "user_fields", shape("", "age with 3 rows")),
        ("/model/architecture/hidden/0", json!(1usize << 28), "model.architecture", LayoutError::TooLarge.into()),
        ("/model/architecture/hidden/0", json!(u64::MAX), "model.architecture", LayoutError::TooLarge.into()),
        ("/model/architecture/hidden", json!(vec![1; 65]), "model.architecture", LayoutError::TooDeep(65).into()),
        ("/model/architecture/item_fields", json!([]), "model.architecture", LayoutError::NoItemFields.into()),
        (
            "/model/architecture/item_fields",
            json!([{ "name": "mood", "rows": 2, "width": 1 }, { "name": "mood", "rows": 3, "width": 2 }]),
            "model.architecture",
            LayoutError::Duplicate("mood".into()).into(),
        ),
        ("/model/architecture/item_bias", json!(0), "model.architecture", empty_table()),
        (
            "/model/architecture/item_fields/0/width",
            json!(0),
            "model.architecture",
            LayoutError::Empty("field \"item\"".into()).into(),
        ),
    ];
    for (pointer, value, field, kind) in cases {
        let mut files = write(&folded(), Precision::F32);
        files[MANIFEST].1 = changed(&files[MANIFEST].1, pointer, value);
        assert_refused(&files, MANIFEST, field, kind);
    }
}

#[test]
fn a_model_that_breaks_a_rule_is_refused() {
    type Case = (fn(&mut Bundle), &'static str, BundleErrorKind);
    let scale = "finite numbers, min < max, like and dislike between";
    let found = |like: f32| format!("1 to 5, like {like}, dislike 1.5");
    let cases: Vec<Case> = vec![
        (|b| network_mut(b).model.scale.like = 5.5, "scale", range(&found(5.5), scale)),
        (
            |b| {
                network_mut(b).model.layout.architecture.linear = false;
                network_mut(b).model.update = gradient(Scope::Linear, Rates::PerParameter);
            },
            "model.local_update",
            range("one of the linear path", "one of a part that the model has"),
        ),
        (
            |b| {
                *b = with_features();
                network_mut(b).model.layout.architecture.implicit = Some(5);
            },
            "model.architecture.start",
            range("a start under the scope all", "no start where embeddings move"),
        ),
        (
            |b| {
                network_mut(b).model.layout.architecture.hidden.clear();
                network_mut(b).model.layout.architecture.linear = false;
            },
            "model.architecture",
            LayoutError::NothingDecides.into(),
        ),
    ];
    for (break_it, field, kind) in cases {
        let mut bundle = folded();
        break_it(&mut bundle);
        assert_refused(&write(&bundle, Precision::F32), MANIFEST, field, kind);
    }
}

#[test]
fn a_fixed_rate_must_be_finite() {
    let mut bundle = folded();
    let model = &mut network_mut(&mut bundle).model;
    model.update = gradient(Scope::Decision, Rates::Fixed);
    model.rates.fill(0.25);
    let mut files = write(&bundle, Precision::F32);
    assert_eq!(json_of(&files[MANIFEST].1)["model"]["rate"], 0.25);
    for (rate, found) in [(json!(1e39), "inf"), (json!(null), "null")] {
        files[MANIFEST].1 = changed(&files[MANIFEST].1, "/model/rate", rate);
        assert_refused(&files, MANIFEST, "model.rate", range(found, "a finite number, as rates are fixed"));
    }
}

#[test]
fn opening_items_that_are_not_the_catalogues_are_refused() {
    let mut files = write(&folded(), Precision::F32);
    let mut manifest = json_of(&files[MANIFEST].1);
    assert_eq!(manifest["opening"][1]["id"], "brownie");
    manifest["opening"][1]["title"] = json!("Tart");
    files[MANIFEST].1 = manifest.to_string().into();
    assert_refused(&files, MANIFEST, "opening[1]", BundleErrorKind::Unexpected);
}

/// Sizes that a device cannot compute with while a visitor waits are refused before the weights arrive.
#[test]
fn work_without_bound_is_refused() {
    let hidden = |steps: usize| {
        let mut manifest = json_of(&write(&folded(), Precision::F32)[MANIFEST].1);
        manifest["model"]["architecture"]["hidden"] = json!([64, 64, 64]);
        manifest["model"]["local_update"]["steps"] = json!(steps);
        Manifest::parse(manifest.to_string().as_bytes(), fewclicks_model::compact::json::parse).map(drop)
    };
    assert_eq!(hidden(5), Ok(()));
    let error = hidden(1000).unwrap_err();
    assert_eq!(error.field, "model.local_update");
    assert!(error.to_string().contains("expected at most 268435456"), "{error}");
    // A closed form of a wide linear path.
    let mut manifest = json_of(&write(&small::ridge(), Precision::F32)[MANIFEST].1);
    manifest["model"]["architecture"]["item_fields"][0]["width"] = json!(2000);
    let error = Manifest::parse(manifest.to_string().as_bytes(), fewclicks_model::compact::json::parse).unwrap_err();
    assert_eq!(error.field, "model.local_update", "{error}");
}
