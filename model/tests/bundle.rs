//! A bundle is read as it was written; anything else is refused by name: file, field, rule.
#![cfg(not(target_arch = "wasm32"))]

#[path = "small/damage.rs"]
mod damage;
mod small;

use damage::{damaged, damages};
use fewclicks_model::bundle::{Bundle, BundleError, FORMAT, FileEntry, Files, Precision, Rule};
use fewclicks_model::network::layout::{LayoutError, Scope};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::parameters::{Parameters, Shipped};
use fewclicks_model::network::task::Rows;
use fewclicks_model::visitor::{Answer, Visitor, Word};
use proptest::prelude::*;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

// Places in `Files`.
const WEIGHTS: usize = 0;
const CATALOGUE: usize = 1;
const LAST: usize = 2;

fn folded() -> Bundle {
    small::bundle(Scope::Decision, Loss::SquaredError)
}

fn with_features() -> Bundle {
    small::bundle(Scope::All, Loss::BceWithLogits)
}

fn read(files: &Files) -> Result<Bundle, Box<BundleError>> {
    Bundle::read(&files[LAST].1, &files[WEIGHTS].1, &files[CATALOGUE].1)
}

/// All parameters of a bundle's model.
fn flat(bundle: &Bundle) -> Vec<f32> {
    let mut flat = Vec::new();
    for tensor in &bundle.model.layout.tensors {
        bundle.model.theta.numbers(tensor.start, tensor.range().len()).append_to(&mut flat);
    }
    flat
}

/// The bundle with another number in place of the parameter at `place`.
fn with_parameter(bundle: &mut Bundle, place: usize, number: f32) {
    let mut theta = flat(bundle);
    theta[place] = number;
    bundle.model.theta = Shipped::of(&bundle.model.layout, &theta);
}

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Replaces a file beside the manifest, with its true size and hash there, so that a later rule has to refuse it.
fn replace(files: &mut Files, place: usize, content: Vec<u8>) {
    let (name, extension) = [("weights", "safetensors"), ("catalogue", "json")][place];
    let mut manifest = json_of(&files[LAST].1);
    let entry = FileEntry::of(name, extension, &content);
    manifest[name] = json!(entry);
    files[LAST].1 = manifest.to_string().into();
    files[place] = (entry.file, content);
}

#[track_caller]
fn assert_refused(files: &Files, place: usize, field: &str, rule: Rule) {
    let error = read(files).expect_err(field);
    match (&error.rule, &rule) {
        // The parser's own words: only the part that says what it stumbled over.
        (Rule::Syntax(found), Rule::Syntax(expected)) | (Rule::Unfit(found), Rule::Unfit(expected)) => {
            assert!(found.contains(expected), "{error}");
        }
        _ => assert_eq!(error.rule, rule, "{error}"),
    }
    assert_eq!((error.file.as_str(), error.field.as_str()), (files[place].0.as_str(), field), "{error}");
}

fn range(found: &str, expected: &str) -> Rule {
    Rule::Range { found: found.into(), expected: expected.into() }
}

fn shape(found: &str, expected: &str) -> Rule {
    Rule::Shape { found: found.into(), expected: expected.into() }
}

#[test]
fn what_was_written_is_read() {
    let one_rate = |mut bundle: Bundle| {
        bundle.model.rates.fill(0.3);
        bundle
    };
    for bundle in [folded(), with_features(), one_rate(folded()), one_rate(with_features())] {
        assert_eq!(read(&bundle.write(Precision::F32)).unwrap(), bundle);

        let half = read(&bundle.write(Precision::F16)).unwrap();
        let theta = [&half, &bundle].map(flat);
        let rates = [&half, &bundle].map(|bundle| bundle.model.rates.clone());
        for (name, [half, full]) in [("theta", theta), ("rates", rates)] {
            for (i, (half, full)) in half.iter().zip(&full).enumerate() {
                let off = (half - full).abs();
                assert!(off <= full.abs() / 1024.0, "{name}[{i}] = {half}, expected {full}");
            }
        }
        let (mut half, model) = (half, bundle.model.clone());
        assert_ne!(half.model.theta, model.theta, "half the precision was asked for");
        (half.model.theta, half.model.rates) = (model.theta, model.rates);
        assert_eq!(half, bundle, "all but the numbers is the same");
    }
}

#[test]
fn a_table_in_bytes_is_off_by_half_a_step_of_its_row() {
    let bundle = small::bundle(Scope::Linear, Loss::Softmax);
    let read = read(&bundle.write(Precision::Int8)).unwrap();
    for tensor in &bundle.model.layout.tensors {
        let [stored, full] = [&read, &bundle].map(|bundle| flat(bundle)[tensor.range()].to_vec());
        let of_items = tensor.name == "start" || tensor.name.starts_with("embedding.item.");
        let width = if of_items { tensor.shape[1] } else { 1 };
        for (stored, full) in stored.chunks(width).zip(full.chunks(width)) {
            let most = full.iter().fold(0.0, |most: f32, x| most.max(x.abs()));
            let allowed = if of_items { most / 127.0 * 0.501 } else { most / 1024.0 };
            for (stored, full) in stored.iter().zip(full) {
                assert!((stored - full).abs() <= allowed, "{}: {stored}, expected {full}", tensor.name);
            }
        }
    }
    let scores = |bundle: Bundle| {
        let mut visitor = Visitor::new(Arc::new(bundle), 1);
        visitor.answer("pho", Answer::Word(Word::Like)).unwrap();
        ["ramen", "udon", "brownie"].map(|id| visitor.predict(id).unwrap())
    };
    for (stored, full) in scores(read).into_iter().zip(scores(bundle)) {
        assert!((stored - full).abs() < 0.02, "{stored}, expected {full}");
    }
}

#[test]
fn items_to_open_with_are_the_catalogues() {
    let mut files = folded().write(Precision::F32);
    let mut manifest = json_of(&files[LAST].1);
    assert_eq!(manifest["opening"][1]["id"], "brownie");
    manifest["opening"][1]["title"] = json!("Tart");
    files[LAST].1 = manifest.to_string().into();
    assert_refused(&files, LAST, "opening[1]", Rule::Unexpected);
}

#[test]
fn bytes_that_are_not_the_manifests_are_refused() {
    let files = folded().write(Precision::F32);
    for place in [WEIGHTS, CATALOGUE] {
        let mut cut = files.clone();
        let expected = cut[place].1.len();
        cut[place].1.truncate(100);
        assert_refused(&cut, place, "size", Rule::Size { bytes: 100, expected });

        let mut flipped = files.clone();
        flipped[place].1[50] ^= 1;
        let hash = |files: &Files| FileEntry::of("", "", &files[place].1).sha256;
        assert_refused(&flipped, place, "sha256", Rule::Hash { found: hash(&flipped), expected: hash(&files) });
    }
    let mut large = files;
    let bytes = (4 << 20) + 1;
    large[LAST].1.resize(bytes, b' ');
    assert_refused(&large, LAST, "size", Rule::TooLarge { bytes, most: 4 << 20 });
}

#[test]
fn files_that_do_not_parse_are_refused() {
    let files = folded().write(Precision::F32);
    for (place, field) in [(WEIGHTS, "header"), (CATALOGUE, "JSON")] {
        for bytes in [&files[place].1[..100], b"", b"{\"items\":", &[0xff; 64], &[0x7f; 8]] {
            let mut broken = files.clone();
            replace(&mut broken, place, bytes.into());
            assert_refused(&broken, place, field, Rule::Syntax(String::new()));
        }
    }
    for (text, words) in [
        ("", "expected a value at line 1, column 1, where it ends"),
        ("{\"format\": 2,\n}", "expected a string at line 2, column 1"),
        ("{\"format\": 2, \"format\": 2}", "\"format\" but once"),
    ] {
        let mut broken = files.clone();
        broken[LAST].1 = text.into();
        assert_refused(&broken, LAST, "JSON", Rule::Syntax(words.into()));
    }
}

fn unfit(reason: &str) -> Rule {
    Rule::Unfit(reason.into())
}

#[test]
fn json_that_is_something_else_is_refused_by_its_path() {
    let whole = |found: &str| unfit(&format!("found {found}, expected a whole number, 0 or more"));
    for (text, field, rule) in [
        ("[]", "format", unfit("missing")),
        ("{}", "format", unfit("missing")),
        (r#"{"format": -1}"#, "format", whole("-1")),
        (r#"{"format": 2.5}"#, "format", whole("2.5")),
        (r#"{"format": 3}"#, "about", unfit("missing")),
    ] {
        let mut broken = folded().write(Precision::F32);
        broken[LAST].1 = text.into();
        assert_refused(&broken, LAST, field, rule);
    }
    let cases = [
        (
            LAST,
            "/architecture/item_fields/0/rows",
            json!("many"),
            "architecture.item_fields[0].rows",
            whole("\"many\""),
        ),
        (LAST, "/architecture/linear", json!(1), "architecture.linear", unfit("found 1, expected true or false")),
        (LAST, "/architecture/surprise", json!(0), "architecture.surprise", Rule::Unfit(String::new())),
        (LAST, "/about/metrics/mae", json!([]), "about.metrics.mae", unfit("found an empty list, expected a number")),
        (LAST, "/readout", json!([[1, 2], [3]]), "readout[1]", unfit("found a list, expected two numbers")),
        (
            LAST,
            "/local_update/method",
            json!("guess"),
            "local_update.method",
            unfit("found \"guess\", expected an object"),
        ),
        (
            LAST,
            "/local_update/scope",
            json!("some"),
            "local_update.scope",
            unfit("found \"some\", expected one of linear, last, decision, all"),
        ),
        (CATALOGUE, "/items/2/title", json!({}), "items[2].title", unfit("found an object, expected a string")),
        (
            CATALOGUE,
            "/items/2/fields/course",
            json!("soup"),
            "items[2].fields.course",
            unfit("found \"soup\", expected a list"),
        ),
        (CATALOGUE, "/candidates/0/item", json!(null), "candidates[0].item", unfit("missing")),
        (CATALOGUE, "/surprise", json!(0), "surprise", unfit("unknown, expected only items, candidates")),
    ];
    for (place, pointer, value, field, rule) in cases {
        let mut files = folded().write(Precision::F32);
        let content = changed(&files[place].1, pointer, value);
        match place {
            LAST => files[LAST].1 = content,
            _ => replace(&mut files, place, content),
        }
        assert_refused(&files, place, field, rule);
    }
}

/// The JSON with another value at `pointer`.
fn changed(content: &[u8], pointer: &str, value: Value) -> Vec<u8> {
    let mut json = json_of(content);
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match json.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        parent => parent[key] = value,
    }
    json.to_string().into()
}

const READOUT: &str = "2 to 256 pairs of finite numbers, strictly ascending in both";

fn adds_to_nothing() -> Rule {
    LayoutError::AddsToNothing("field \"item\"".into()).into()
}

fn empty_table() -> Rule {
    LayoutError::Empty("the item bias, the start or a hidden layer".into()).into()
}

#[test]
fn a_manifest_that_breaks_a_rule_is_refused() {
    const MOST: usize = 1 << 30;
    type Case = (&'static str, Value, &'static str, Rule);
    let cases: Vec<Case> = vec![
        ("/format", json!(1), "format", Rule::Format { found: 1, expected: FORMAT }),
        ("/weights/file", json!("../weights"), "weights.file", Rule::FileName("../weights".into())),
        ("/weights/file", json!("a/weights"), "weights.file", Rule::FileName("a/weights".into())),
        ("/weights/file", json!("..\\weights"), "weights.file", Rule::FileName("..\\weights".into())),
        ("/weights/file", json!("w?x=%2e#"), "weights.file", Rule::FileName("w?x=%2e#".into())),
        ("/catalogue/file", json!(""), "catalogue.file", Rule::FileName(String::new())),
        ("/catalogue/file", json!(".hidden"), "catalogue.file", Rule::FileName(".hidden".into())),
        ("/weights/bytes", json!(MOST + 1), "weights.bytes", Rule::TooLarge { bytes: MOST + 1, most: MOST }),
        ("/catalogue/bytes", json!(MOST + 1), "catalogue.bytes", Rule::TooLarge { bytes: MOST + 1, most: MOST }),
        ("/local_update/method/gradient/steps", json!(1001), "local_update.steps", range("1001", "at most 1000")),
        (
            "/local_update/method/gradient/kappa",
            json!(-0.5),
            "local_update.kappa",
            range("-0.5", "a finite number, 0 or more"),
        ),
        ("/rate", json!(1e39), "rate", range("inf", "a finite number or null")),
        ("/readout", json!([[1.0, 2.0], [2.0, 2.0]]), "readout", range("other knots", READOUT)),
        ("/readout", json!([[1.0, 2.0]]), "readout", range("other knots", READOUT)),
        (
            "/local_update/loss",
            json!("softmax"),
            "local_update.loss",
            range("softmax with decision", "the scope linear and no hidden layers, as a softmax has no other"),
        ),
        ("/architecture/item_fields/0/adds", json!(true), "architecture", adds_to_nothing()),
        ("/architecture/start", json!(0), "architecture", empty_table()),
        ("/user_fields/0/values", json!(["young"]), "user_fields", shape("age with 2 rows", "age with 3 rows")),
        ("/user_fields/0/name", json!("band"), "user_fields", shape("band with 3 rows", "age with 3 rows")),
        ("/user_fields", json!([]), "user_fields", shape("", "age with 3 rows")),
        ("/architecture/hidden/0", json!(1usize << 28), "architecture", LayoutError::TooLarge.into()),
        ("/architecture/hidden/0", json!(u64::MAX), "architecture", LayoutError::TooLarge.into()),
        ("/architecture/hidden", json!(vec![1; 65]), "architecture", LayoutError::TooDeep(65).into()),
        ("/architecture/item_fields", json!([]), "architecture", LayoutError::NoItemFields.into()),
        (
            "/architecture/item_fields",
            json!([{ "name": "mood", "rows": 2, "width": 1 }, { "name": "mood", "rows": 3, "width": 2 }]),
            "architecture",
            LayoutError::Duplicate("mood".into()).into(),
        ),
        ("/architecture/item_bias", json!(0), "architecture", empty_table()),
        (
            "/architecture/item_fields/0/width",
            json!(0),
            "architecture",
            LayoutError::Empty("field \"item\"".into()).into(),
        ),
    ];
    for (pointer, value, field, rule) in cases {
        let mut files = folded().write(Precision::F32);
        files[LAST].1 = changed(&files[LAST].1, pointer, value);
        assert_refused(&files, LAST, field, rule);
    }
}

#[test]
fn a_model_or_catalogue_that_breaks_a_rule_is_refused() {
    type Case = (fn() -> Bundle, fn(&mut Bundle), usize, &'static str, Rule);
    let scale = "finite numbers, min < max, like and dislike between";
    let found = |like: f32| format!("1 to 5, like {like}, dislike 1.5");
    let cases: Vec<Case> = vec![
        (folded, |b| b.model.scale.like = 5.5, LAST, "scale", range(&found(5.5), scale)),
        (
            folded,
            |b| {
                b.model.layout.architecture.linear = false;
                b.model.update.scope = Scope::Linear;
            },
            LAST,
            "local_update.scope",
            range("linear, without a linear path", "a scope that moves something"),
        ),
        (
            folded,
            |b| {
                b.model.layout.architecture.hidden.clear();
                b.model.layout.architecture.linear = false;
            },
            LAST,
            "architecture",
            LayoutError::NothingDecides.into(),
        ),
        (
            folded,
            |b| with_parameter(b, 3, f32::INFINITY),
            WEIGHTS,
            "item_bias",
            Rule::NotFinite { index: 2, value: f32::INFINITY },
        ),
        (
            folded,
            |b| b.model.rates[1] = f32::NEG_INFINITY,
            WEIGHTS,
            "rate.decision.0.weight",
            Rule::NotFinite { index: 1, value: f32::NEG_INFINITY },
        ),
        (
            with_features,
            |b| b.items.fields[1] = Rows::from_iter([&[0][..], &[0], &[3], &[0], &[0], &[0]]),
            WEIGHTS,
            "items.mood.rows",
            range("row 3", "rows below 3"),
        ),
        (
            with_features,
            |b| b.items.fields[1] = Rows::identity(3),
            WEIGHTS,
            "items.mood.ends",
            range("other numbers", "6 ascending ends, the last one 3"),
        ),
        (with_features, |b| b.items.bias[5] = 5, WEIGHTS, "items.bias", range("row 5", "rows below 5")),
        (with_features, |b| b.items.bias = vec![0], WEIGHTS, "items.bias", shape("1", "6")),
    ];
    for (bundle, break_it, place, field, rule) in cases {
        let mut bundle = bundle();
        break_it(&mut bundle);
        assert_refused(&bundle.write(Precision::F32), place, field, rule);
    }
}

#[test]
fn a_catalogue_that_breaks_a_rule_is_refused() {
    type Case = (fn(&mut Value), usize, &'static str, Rule);
    let cases: [Case; 5] = [
        (|c| c["items"] = json!([]), CATALOGUE, "items", Rule::Missing),
        (|c| c["items"][5]["id"] = json!("pho"), CATALOGUE, "items", Rule::Duplicate("pho".into())),
        (|c| c["candidates"][1]["item"] = json!(6), CATALOGUE, "candidates[1]", range("item 6", "a number below 6")),
        (
            |c| c["candidates"][3] = c["candidates"][1].clone(),
            CATALOGUE,
            "candidates[3]",
            Rule::Duplicate("brownie".into()),
        ),
        (
            |c| drop(c["items"].as_array_mut().unwrap().pop()),
            WEIGHTS,
            "architecture",
            shape(
                "1 item fields, 6 rows, 6 biases, 5 starts",
                "1 item field with 5 rows, and as many biases and starts, if any",
            ),
        ),
    ];
    for (break_it, place, field, rule) in cases {
        let mut files = folded().write(Precision::F32);
        let mut catalogue = json_of(&files[CATALOGUE].1);
        break_it(&mut catalogue);
        replace(&mut files, CATALOGUE, catalogue.to_string().into());
        assert_refused(&files, place, field, rule);
    }
}

#[test]
fn no_number_is_no_number() {
    for precision in [Precision::F32, Precision::F16] {
        let mut bundle = folded();
        with_parameter(&mut bundle, 0, f32::NAN);
        let error = read(&bundle.write(precision)).unwrap_err();
        assert!(matches!(error.rule, Rule::NotFinite { index: 0, value } if value.is_nan()), "{error}");
        assert_eq!(error.field, "mean");
    }
}

type Tensors = BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>;

#[test]
fn tensors_that_are_not_the_models_are_refused() {
    type Case = (fn(&mut Tensors), &'static str, Rule);
    let cases: Vec<Case> = vec![
        (|t| drop(t.remove("mean")), "mean", Rule::Missing),
        (|t| drop(t.remove("rate.decision.1.bias")), "rate.decision.1.bias", Rule::Missing),
        (|t| drop(t.remove("items.mood.ends")), "items.mood.ends", Rule::Missing),
        (|t| drop(t.insert("extra".into(), (Dtype::U8, vec![1], vec![0]))), "extra", Rule::Unexpected),
        (|t| drop(t.insert("rate.mean".into(), t["mean"].clone())), "rate.mean", Rule::Unexpected),
        (
            |t| t.get_mut("decision.0.weight").unwrap().1 = vec![5, 4],
            "decision.0.weight",
            shape("F32 [5, 4]", "F32 or F16 [4, 5]"),
        ),
        (|t| t.get_mut("item_bias").unwrap().0 = Dtype::I32, "item_bias", shape("I32 [5]", "F32 or F16 [5]")),
        (|t| t.get_mut("items.bias").unwrap().0 = Dtype::F32, "items.bias", shape("F32 [6]", "U32, a list")),
        (|t| t.get_mut("items.bias").unwrap().1 = vec![3, 2], "items.bias", shape("U32 [3, 2]", "U32, a list")),
        (
            // 2, 1, 4 …
            |t| t.get_mut("items.mood.ends").unwrap().2.swap(0, 4),
            "items.mood.ends",
            range("other numbers", "6 ascending ends, the last one 7"),
        ),
    ];
    for (break_it, field, rule) in cases {
        let mut files = with_features().write(Precision::F32);
        let read = SafeTensors::deserialize(&files[WEIGHTS].1).unwrap();
        let own = |(name, view): (String, TensorView)| (name, (view.dtype(), view.shape().into(), view.data().into()));
        let mut tensors: Tensors = read.tensors().into_iter().map(own).collect();
        break_it(&mut tensors);
        let views = tensors
            .iter()
            .map(|(name, (dtype, shape, data))| (name, TensorView::new(*dtype, shape.clone(), data).unwrap()));
        let bytes = safetensors::serialize(views, None).unwrap();
        replace(&mut files, WEIGHTS, bytes);
        assert_refused(&files, WEIGHTS, field, rule);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn damage_is_an_error_or_a_bundle_that_works(features: bool, mut damages in damages()) {
        let mut files = if features { with_features() } else { folded() }.write(Precision::F32);
        // The manifest last: the others put their hashes there.
        damages.sort_by_key(|damage| damage.0);
        for (place, damage) in damages {
            let content = damaged(place, files[place].1.clone(), damage);
            match place {
                LAST => files[LAST].1 = content,
                _ => replace(&mut files, place, content),
            }
        }
        if let Ok(bundle) = read(&files) {
            let mut visitor = Visitor::new(Arc::new(bundle), 1);
            let asked = visitor.next_question().unwrap_or(0);
            let id = visitor.bundle().catalogue.item(asked).id;
            visitor.answer(&id, Answer::Word(Word::Like)).unwrap();
            visitor.recommend(10, true);
        }
    }
}
