//! The files of small bundles: how to write, change and read them, and how to say that they are refused.

use crate::small;
use fewclicks_model::bundle::{Bundle, BundleError, BundleErrorKind, FileEntry, Files, Precision};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::parameters::{Parameters, StoredParameters};
use serde_json::{Value, json};

// Indices in `Files`.
pub const WEIGHTS: usize = 0;
pub const CATALOGUE: usize = 1;
pub const MANIFEST: usize = 2;

pub const PRECISIONS: [Precision; 3] = [Precision::F32, Precision::F16, Precision::Int8];

/// Return a bundle of the default model, with and without stars, and for every local update of a network: gradient steps of each scope under each loss of ratings, the
/// closed form, and the softmax.
pub fn kinds() -> Vec<(String, Bundle)> {
    let mut kinds = vec![
        ("halves".to_owned(), small::halves()),
        ("halves of picks".to_owned(), small::halves_of_picks()),
        ("ridge".to_owned(), small::ridge()),
        ("softmax".to_owned(), small::picks()),
    ];
    for scope in [Scope::Linear, Scope::Last, Scope::Decision, Scope::All] {
        for loss in [Loss::SquaredError, Loss::BceWithLogits] {
            kinds.push((format!("{scope:?} {loss:?}"), small::bundle(scope, loss)));
        }
    }
    kinds
}

pub fn folded() -> Bundle {
    small::bundle(Scope::Decision, Loss::SquaredError)
}

pub fn with_features() -> Bundle {
    small::bundle(Scope::All, Loss::BceWithLogits)
}

/// Write a bundle of six dishes.
pub fn write(bundle: &Bundle, precision: Precision) -> Files {
    bundle.write(&small::items(), precision)
}

pub fn read(files: &Files) -> Result<Bundle, BundleError> {
    Bundle::read(&files[MANIFEST].1, &files[WEIGHTS].1, &files[CATALOGUE].1)
}

/// Return all parameters of a bundle's model.
pub fn flat(bundle: &Bundle) -> Vec<f32> {
    let (mut flat, model) = (Vec::new(), &small::network(bundle).model);
    for tensor in &model.layout.tensors {
        model.theta.slice(tensor.offset, tensor.range().len()).append_to(&mut flat);
    }
    flat
}

/// Give the parameter at `index` another value.
pub fn set_parameter(bundle: &mut Bundle, index: usize, number: f32) {
    let mut theta = flat(bundle);
    theta[index] = number;
    let model = &mut small::network_mut(bundle).model;
    model.theta = StoredParameters::from_flat(&model.layout, &theta);
}

pub fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Replace the weights or the catalogue, with size and hash in the manifest, so that a later rule has to refuse it.
pub fn replace(files: &mut Files, file: usize, content: Vec<u8>) {
    let (name, extension) = [("weights", "safetensors"), ("catalogue", "json")][file];
    let mut manifest = json_of(&files[MANIFEST].1);
    let entry = FileEntry::of(name, extension, &content);
    manifest[name] = json!(entry);
    files[MANIFEST].1 = manifest.to_string().into();
    files[file] = (entry.file, content);
}

/// Replace any file, as [`replace`] does beside the manifest.
pub fn put(files: &mut Files, file: usize, content: Vec<u8>) {
    match file {
        MANIFEST => files[MANIFEST].1 = content,
        _ => replace(files, file, content),
    }
}

/// Return the JSON with another value at `pointer`; a field that is not there is added.
pub fn changed(content: &[u8], pointer: &str, value: Value) -> Vec<u8> {
    let mut json = json_of(content);
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match json.pointer_mut(parent).unwrap() {
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        parent => parent[key] = value,
    }
    json.to_string().into()
}

#[track_caller]
pub fn assert_refused(files: &Files, file: usize, field: &str, kind: BundleErrorKind) {
    let error = read(files).expect_err(field);
    match (&error.kind, &kind) {
        // The parser's own words: only a part of them.
        (BundleErrorKind::Syntax(found), BundleErrorKind::Syntax(expected))
        | (BundleErrorKind::Schema(found), BundleErrorKind::Schema(expected)) => {
            assert!(found.contains(expected), "{error}");
        }
        _ => assert_eq!(error.kind, kind, "{error}"),
    }
    assert_eq!((error.file.as_str(), error.field.as_str()), (files[file].0.as_str(), field), "{error}");
}

pub fn range(found: &str, expected: &str) -> BundleErrorKind {
    BundleErrorKind::Range { found: found.into(), expected: expected.into() }
}

pub fn shape(found: &str, expected: &str) -> BundleErrorKind {
    BundleErrorKind::Shape { found: found.into(), expected: expected.into() }
}

pub fn schema(reason: &str) -> BundleErrorKind {
    BundleErrorKind::Schema(reason.into())
}
