//! Files that are cut, changed, or no JSON of a bundle are refused.

use crate::files::*;
use fewclicks_model::bundle::{BundleErrorKind, FileEntry, Files, Precision};
use serde_json::json;

#[test]
fn other_sizes_and_hashes_than_the_manifests_are_refused() {
    let files = write(&folded(), Precision::F32);
    for file in [WEIGHTS, CATALOGUE] {
        let mut cut = files.clone();
        let expected = cut[file].1.len();
        cut[file].1.truncate(100);
        assert_refused(&cut, file, "size", BundleErrorKind::Size { bytes: 100, expected });

        let mut flipped = files.clone();
        flipped[file].1[50] ^= 1;
        let hash = |files: &Files| FileEntry::of("", "", &files[file].1).sha256;
        assert_refused(
            &flipped,
            file,
            "sha256",
            BundleErrorKind::Hash { found: hash(&flipped), expected: hash(&files) },
        );
    }
    let mut large = files;
    let bytes = (4 << 20) + 1;
    large[MANIFEST].1.resize(bytes, b' ');
    assert_refused(&large, MANIFEST, "size", BundleErrorKind::TooLarge { bytes, max: 4 << 20 });
}

#[test]
fn files_that_do_not_parse_are_refused() {
    let files = write(&folded(), Precision::F32);
    for (file, field) in [(WEIGHTS, "header"), (CATALOGUE, "JSON")] {
        for bytes in [&files[file].1[..100], b"", b"{\"items\":", &[0xff; 64], &[0x7f; 8]] {
            let mut broken = files.clone();
            replace(&mut broken, file, bytes.into());
            assert_refused(&broken, file, field, BundleErrorKind::Syntax(String::new()));
        }
    }
    for (text, words) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{\"format\": 2,\n}", "trailing comma at line 2 column 1"),
        ("{\"format\": 2, \"format\": 2}", "\"format\" occurs twice in an object at line 1 column 22"),
    ] {
        let mut broken = files.clone();
        broken[MANIFEST].1 = text.into();
        assert_refused(&broken, MANIFEST, "JSON", BundleErrorKind::Syntax(words.into()));
    }
}

#[test]
fn json_that_is_something_else_is_refused_by_its_path() {
    let whole = |found: &str| schema(&format!("found {found}, expected a whole number, 0 or more"));
    for (text, field, kind) in [
        ("[]", "format", schema("missing")),
        ("{}", "format", schema("missing")),
        (r#"{"format": -1}"#, "format", whole("-1")),
        (r#"{"format": 2.5}"#, "format", whole("2.5")),
        (r#"{"format": 5}"#, "about", schema("missing")),
    ] {
        let mut broken = write(&folded(), Precision::F32);
        broken[MANIFEST].1 = text.into();
        assert_refused(&broken, MANIFEST, field, kind);
    }
    let cases = [
        (
            MANIFEST,
            "/model/architecture/item_fields/0/rows",
            json!("many"),
            "model.architecture.item_fields[0].rows",
            whole("\"many\""),
        ),
        (
            MANIFEST,
            "/model/architecture/linear",
            json!(1),
            "model.architecture.linear",
            schema("found 1, expected true or false"),
        ),
        (
            MANIFEST,
            "/model/architecture/surprise",
            json!(0),
            "model.architecture.surprise",
            BundleErrorKind::Schema(String::new()),
        ),
        (
            MANIFEST,
            "/about/metrics/mae",
            json!([]),
            "about.metrics.mae",
            schema("found an empty list, expected a number"),
        ),
        (MANIFEST, "/readout", json!([[1, 2], [3]]), "readout[1]", schema("found a list, expected two numbers")),
        (
            MANIFEST,
            "/model/local_update/method",
            json!("guess"),
            "model.local_update.method",
            schema("found \"guess\", expected one of gradient, ridge, softmax"),
        ),
        (
            MANIFEST,
            "/model/local_update/scope",
            json!("some"),
            "model.local_update.scope",
            schema("found \"some\", expected one of linear, last, decision, all"),
        ),
        (CATALOGUE, "/items/2/title", json!({}), "items[2].title", schema("found an object, expected a string")),
        (
            CATALOGUE,
            "/items/2/fields/course",
            json!("soup"),
            "items[2].fields.course",
            schema("found \"soup\", expected a list"),
        ),
        (CATALOGUE, "/candidates/0/item", json!(null), "candidates[0].item", schema("missing")),
        (CATALOGUE, "/surprise", json!(0), "surprise", schema("unknown, expected only items, candidates")),
    ];
    for (file, pointer, value, field, kind) in cases {
        let mut files = write(&folded(), Precision::F32);
        let content = changed(&files[file].1, pointer, value);
        put(&mut files, file, content);
        assert_refused(&files, file, field, kind);
    }
}
