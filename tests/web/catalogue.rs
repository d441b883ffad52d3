//! The browser's reader of catalogues and the native one agree: both accept a document, with the same items, or both
//! refuse it by the same file and field.

use crate::page::{assert_error, dishes, load, source_of, value};
use crate::pointers::pointers;
use crate::small;
use fewclicks_model::bundle::{Bundle, BundleError, BundleErrorKind, FileEntry, Files, Precision};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

/// Return the files of a bundle with this catalogue. The manifest names no opening items, which a catalogue could
/// contradict.
fn files(document: &[u8]) -> Files {
    let mut files = dishes().write(&small::items(), Precision::F32);
    let entry = FileEntry::of("catalogue", "json", document);
    let mut manifest: Value = serde_json::from_slice(&files[2].1).unwrap();
    manifest["catalogue"] = json!(entry);
    manifest["opening"] = json!([]);
    files[1] = (entry.file, document.to_vec());
    files[2].1 = manifest.to_string().into();
    files
}

/// Assert that both readers agree on a document; return the native one's error, if any.
async fn assert_agreement(document: &[u8]) -> Option<BundleError> {
    let text = String::from_utf8_lossy(document);
    let files = files(document);
    let [(_, weights), (file, catalogue), (_, manifest)] = &files;
    let native = Bundle::read(manifest, weights, catalogue).and_then(|_| Bundle::read_catalogue(file, catalogue));
    match (native, load(source_of(&files)).await) {
        (Ok((_, items)), Ok(session)) => {
            assert_eq!(value(&session, "session.items()"), json!(items), "{text}");
            None
        }
        (Err(native), Err(browser)) => {
            let code = if native.file == *file { "catalogue" } else { "weights" };
            let message = match native.kind {
                // Each parser has its own words.
                BundleErrorKind::Syntax(_) => format!("{}: {}: not valid: ", native.file, native.field),
                _ => native.to_string(),
            };
            assert_error(&text, browser, code, &message);
            Some(native)
        }
        (native, browser) => panic!("{text}: natively {native:?}, in the browser {browser:?}"),
    }
}

fn catalogue() -> Value {
    let files = dishes().write(&small::items(), Precision::F32);
    serde_json::from_slice(&files[1].1).unwrap()
}

#[wasm_bindgen_test]
async fn both_readers_name_the_same_field() {
    type Case = (fn(&mut Value), &'static str);
    let cases: [Case; 41] = [
        (|c| *c = json!(null), "JSON"),
        (|c| *c = json!([]), "JSON"),
        (|c| *c = json!("items"), "JSON"),
        (|c| c["surprise"] = json!(0), "surprise"),
        (|c| drop(remove(c, "items")), "items"),
        (|c| c["items"] = json!(null), "items"),
        (|c| c["items"] = json!({}), "items"),
        (|c| c["items"] = json!({ "length": 6 }), "items"),
        (|c| c["items"] = json!("six"), "items"),
        (|c| c["items"] = json!([]), "items"),
        (|c| c["items"][2] = json!(null), "items[2]"),
        (|c| c["items"][2] = json!("udon"), "items[2]"),
        (|c| c["items"][2] = json!(["udon", "UDON", {}]), "items[2]"),
        (|c| drop(remove(&mut c["items"][2], "id")), "items[2].id"),
        (|c| c["items"][2]["id"] = json!(null), "items[2].id"),
        (|c| c["items"][2]["id"] = json!(7), "items[2].id"),
        (|c| c["items"][2]["id"] = json!("pho"), "items"),
        (|c| drop(remove(&mut c["items"][2], "title")), "items[2].title"),
        (|c| c["items"][2]["title"] = json!(null), "items[2].title"),
        (|c| c["items"][2]["title"] = json!(7), "items[2].title"),
        (|c| c["items"][2]["price"] = json!(7), "items[2].price"),
        (|c| c["items"][2]["__proto__"] = json!({ "fields": {} }), "items[2].__proto__"),
        (|c| c["items"][2] = json!({ "id": "udon", "name": "Udon", "fields": {} }), "items[2].name"),
        (|c| c["items"][2]["fields"] = json!([]), "items[2].fields"),
        (|c| c["items"][2]["fields"] = json!("soup"), "items[2].fields"),
        (|c| c["items"][2]["fields"]["course"] = json!("soup"), "items[2].fields.course"),
        (|c| c["items"][2]["fields"]["course"] = json!(null), "items[2].fields.course"),
        (|c| c["items"][2]["fields"]["course"] = json!(["soup", 7]), "items[2].fields.course[1]"),
        (|c| c["items"][2]["fields"]["course"] = json!([null]), "items[2].fields.course[0]"),
        (|c| c["items"][2]["fields"]["course"] = json!([["soup"]]), "items[2].fields.course[0]"),
        (|c| drop(remove(c, "candidates")), "candidates"),
        (|c| c["candidates"] = json!({}), "candidates"),
        (|c| c["candidates"][1] = json!(null), "candidates[1]"),
        (|c| c["candidates"][1]["item"] = json!(6), "candidates[1]"),
        (|c| c["candidates"][1]["item"] = json!(-1), "candidates[1].item"),
        (|c| c["candidates"][1]["item"] = json!(0.5), "candidates[1].item"),
        (|c| c["candidates"][1]["item"] = json!(0), "candidates[1]"),
        (|c| c["candidates"][1]["known"] = json!(2), "candidates[1]"),
        (|c| c["candidates"][1]["score"] = json!("high"), "candidates[1].score"),
        (|c| c["candidates"][1]["why"] = json!(0), "candidates[1].why"),
        (|c| drop(c["items"].as_array_mut().unwrap().pop()), "architecture"),
    ];
    for (break_it, field) in cases {
        let mut document = catalogue();
        break_it(&mut document);
        let error = assert_agreement(document.to_string().as_bytes()).await;
        assert_eq!(error.map(|error| error.field).as_deref(), Some(field), "{document}");
    }
}

#[wasm_bindgen_test]
async fn both_readers_refuse_what_is_no_json() {
    let sound = catalogue().to_string();
    let deep = format!("{{\"items\": [], \"candidates\": {}{}}}", "[".repeat(40), "]".repeat(40));
    for document in [
        "".into(),
        "{\"items\":".into(),
        "{\"items\": [], \"candidates\": [],}".into(),
        sound[1..].into(),
        format!("{sound}{sound}"),
        format!("\u{feff}{sound}"),
        sound.replace("0.875", "1e999"),
        sound.replace("RAMEN", "RA\nMEN"),
        deep,
    ] {
        let error = assert_agreement(document.as_bytes()).await;
        assert_eq!(error.map(|error| error.field).as_deref(), Some("JSON"), "{document}");
    }
    let error = assert_agreement(b"{\"items\": [], \"candidates\": [], \"\xff\": 0}").await;
    assert_eq!(error.map(|error| error.field).as_deref(), Some("JSON"), "no UTF-8");
}

#[wasm_bindgen_test]
async fn both_readers_accept_what_may_be_left_out() {
    type Case = fn(&mut Value);
    let cases: [Case; 8] = [
        |_| (),
        |c| drop(remove(&mut c["items"][2], "fields")),
        |c| c["items"][2]["fields"] = json!(null),
        |c| c["items"][2]["fields"] = json!({}),
        |c| c["items"][2]["fields"] = json!({ "course": [] }),
        |c| c["items"][2]["fields"] = json!({ "": [""], "__proto__": ["soup"], "2": ["\u{1f35c}"] }),
        |c| c["items"][2] = json!({ "id": "", "title": "" }),
        |c| c["candidates"] = json!([]),
    ];
    for change in cases {
        let mut document = catalogue();
        change(&mut document);
        let error = assert_agreement(document.to_string().as_bytes()).await;
        assert_eq!(error, None, "{document}");
    }
}

#[wasm_bindgen_test]
async fn an_item_without_fields_has_empty_ones() {
    let mut document = catalogue();
    remove(&mut document["items"][0], "fields");
    document["items"][1]["fields"] = json!(null);
    let session = load(source_of(&files(document.to_string().as_bytes()))).await.unwrap();
    for (index, id) in ["ramen", "pho"].into_iter().enumerate() {
        let expected = json!({ "id": id, "title": id.to_uppercase(), "fields": {} });
        assert_eq!(value(&session, &format!("session.items()[{index}]")), expected);
    }
    assert_eq!(value(&session, "session.nextQuestion() === session.items()[0]"), true);
}

/// What can happen to a node of a document.
#[derive(Clone, Debug)]
enum Edit {
    Replace(Value),
    Remove,
    /// Add a field to an object.
    Add(&'static str, Value),
}

fn edits() -> impl Strategy<Value = Vec<(Index, Edit)>> {
    let item = json!({ "id": "curry", "title": "Curry" });
    let names = ["pho", "curry", "__proto__", "id", "title", "fields", "items", "candidates", "course"];
    let numbers = [json!(0), json!(1), json!(5), json!(6), json!(-1), json!(0.5), json!(1e300), json!(u64::MAX)];
    let others = [json!(null), json!(true), json!(""), json!([]), json!(["soup"]), json!([1]), json!({}), item];
    let value = select(names.map(Value::from).into_iter().chain(numbers).chain(others).collect::<Vec<_>>());
    let edit = prop_oneof![
        3 => value.clone().prop_map(Edit::Replace),
        1 => Just(Edit::Remove),
        1 => (select(names.to_vec()), value).prop_map(|(name, value)| Edit::Add(name, value)),
    ];
    prop::collection::vec((any::<Index>(), edit), 1..4)
}

fn apply(document: &mut Value, at: Index, edit: Edit) {
    let pointers = pointers(document);
    let pointer = &pointers[at.index(pointers.len())];
    match edit {
        Edit::Replace(value) => *document.pointer_mut(pointer).unwrap() = value,
        Edit::Add(name, value) => {
            if let Some(Value::Object(object)) = document.pointer_mut(pointer) {
                object.insert(name.into(), value);
            }
        }
        Edit::Remove => {
            if let Some((parent, key)) = pointer.rsplit_once('/') {
                remove(document.pointer_mut(parent).unwrap(), key);
            }
        }
    }
}

/// Remove a field of an object or an element of a list.
fn remove(parent: &mut Value, key: &str) -> Option<Value> {
    match parent {
        Value::Array(list) => Some(list.remove(key.parse().unwrap())),
        parent => parent.as_object_mut()?.remove(key),
    }
}

#[wasm_bindgen_test]
async fn both_readers_agree_on_documents_with_random_edits() {
    const CASES: usize = 500;
    let mut runner = TestRunner::default();
    let mut refused = 0;
    for _ in 0..CASES {
        let mut document = catalogue();
        for (at, edit) in edits().new_tree(&mut runner).unwrap().current() {
            apply(&mut document, at, edit);
        }
        refused += usize::from(assert_agreement(document.to_string().as_bytes()).await.is_some());
    }
    assert!((CASES / 10..CASES).contains(&refused), "{refused} of {CASES} were refused");
}
