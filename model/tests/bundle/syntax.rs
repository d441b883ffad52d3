//! Files that are cut, changed, or no JSON of a bundle are refused.

use crate::files::*;
use fewclicks_model::bundle::{FileEntry, Files, Precision, Rule};
use serde_json::json;

#[test]
fn other_sizes_and_hashes_than_the_manifests_are_refused() {
    let files = folded().write(Precision::F32);
    for file in [WEIGHTS, CATALOGUE] {
        let mut cut = files.clone();
        let expected = cut[file].1.len();
        cut[file].1.truncate(100);
        assert_refused(&cut, file, "size", Rule::Size { bytes: 100, expected });

        let mut flipped = files.clone();
        flipped[file].1[50] ^= 1;
        let hash = |files: &Files| FileEntry::of("", "", &files[file].1).sha256;
        assert_refused(&flipped, file, "sha256", Rule::Hash { found: hash(&flipped), expected: hash(&files) });
    }
    let mut large = files;
    let bytes = (4 << 20) + 1;
    large[MANIFEST].1.resize(bytes, b' ');
    assert_refused(&large, MANIFEST, "size", Rule::TooLarge { bytes, most: 4 << 20 });
}

#[test]
fn files_that_do_not_parse_are_refused() {
    let files = folded().write(Precision::F32);
    for (file, field) in [(WEIGHTS, "header"), (CATALOGUE, "JSON")] {
        for bytes in [&files[file].1[..100], b"", b"{\"items\":", &[0xff; 64], &[0x7f; 8]] {
            let mut broken = files.clone();
            replace(&mut broken, file, bytes.into());
            assert_refused(&broken, file, field, Rule::Syntax(String::new()));
        }
    }
    for (text, words) in [
        ("", "expected a value at line 1, column 1, where it ends"),
        ("{\"format\": 2,\n}", "expected a string at line 2, column 1"),
        ("{\"format\": 2, \"format\": 2}", "\"format\" but once"),
    ] {
        let mut broken = files.clone();
        broken[MANIFEST].1 = text.into();
        assert_refused(&broken, MANIFEST, "JSON", Rule::Syntax(words.into()));
    }
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
        broken[MANIFEST].1 = text.into();
        assert_refused(&broken, MANIFEST, field, rule);
    }
    let cases = [
        (
            MANIFEST,
            "/architecture/item_fields/0/rows",
            json!("many"),
            "architecture.item_fields[0].rows",
            whole("\"many\""),
        ),
        (MANIFEST, "/architecture/linear", json!(1), "architecture.linear", unfit("found 1, expected true or false")),
        (MANIFEST, "/architecture/surprise", json!(0), "architecture.surprise", Rule::Unfit(String::new())),
        (
            MANIFEST,
            "/about/metrics/mae",
            json!([]),
            "about.metrics.mae",
            unfit("found an empty list, expected a number"),
        ),
        (MANIFEST, "/readout", json!([[1, 2], [3]]), "readout[1]", unfit("found a list, expected two numbers")),
        (
            MANIFEST,
            "/local_update/method",
            json!("guess"),
            "local_update.method",
            unfit("found \"guess\", expected an object"),
        ),
        (
            MANIFEST,
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
    for (file, pointer, value, field, rule) in cases {
        let mut files = folded().write(Precision::F32);
        let content = changed(&files[file].1, pointer, value);
        put(&mut files, file, content);
        assert_refused(&files, file, field, rule);
    }
}
