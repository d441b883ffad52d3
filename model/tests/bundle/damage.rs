//! Damage to a bundle's files: flipped bytes, lost ends, other values in their JSON, other numbers among the weights.

use crate::files::{WEIGHTS, put};
use crate::pointers::pointers;
use fewclicks_model::bundle::Files;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::ops::Range;

/// What can happen to a file.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(Index, u8),
    Cut(Index),
    /// Give one of the nodes of its JSON another value; the JSON of the weights is their header.
    Edit(Index, Replacement),
    /// Write four bytes over others behind the header of the weights: of F16 two numbers, of bytes four.
    Overwrite(Index, [u8; 4]),
}

/// A value for every kind of node: one of another kind is mostly refused by the parser.
#[derive(Clone, Debug)]
pub struct Replacement {
    number: Value,
    text: Value,
    other: Value,
}

/// Generate up to three damages, each with the index of one of a bundle's [`Files`].
pub fn damages() -> impl Strategy<Value = Vec<(usize, Damage)>> {
    let number = prop_oneof![2 => (0..10u8).prop_map(Value::from), 1 => select(odd_numbers())];
    let words = [
        "",
        "../a",
        "pho",
        "linear",
        "last",
        "decision",
        "all",
        "squared-error",
        "bce-with-logits",
        "gradient",
        "softmax",
        "ridge",
        "fixed",
        "per-layer",
        "per-parameter",
        "halves",
        "network",
        "U32",
        "I8",
        "F16",
    ];
    let text = select(words.map(Value::from).into_iter().chain([json!(1)]).collect::<Vec<_>>());
    let gradient = json!({
        "method": "gradient", "scope": "last", "loss": "squared-error", "steps": 2, "kappa": 0.5, "rates": "per-layer",
    });
    let softmax = json!({ "method": "softmax", "steps": 2, "kappa": 0.5 });
    let local_updates = [gradient, softmax, json!({ "method": "ridge" })];
    let other = [json!(null), json!([]), json!([0, 0]), json!([1]), json!({}), json!(true), json!(0.25)];
    let other = select(other.into_iter().chain(local_updates).collect::<Vec<_>>());
    let replacement = (number, text, other).prop_map(|(number, text, other)| Replacement { number, text, other });
    let float = select(vec![0.0, -0.0, 1.0, 65504.0, -1e30, 1e38, f32::MAX, f32::MIN_POSITIVE, 1e-42, f32::NAN]);
    let bytes = prop_oneof![float.prop_map(f32::to_le_bytes), any::<[u8; 4]>()];
    let damage = prop_oneof![
        1 => (0..3usize, (any::<Index>(), 1..=255u8).prop_map(|(at, bits)| Damage::Flip(at, bits))),
        1 => (0..3usize, any::<Index>().prop_map(Damage::Cut)),
        6 => (0..3usize, (any::<Index>(), replacement).prop_map(|(at, value)| Damage::Edit(at, value))),
        6 => (Just(WEIGHTS), (any::<Index>(), bytes).prop_map(|(at, bytes)| Damage::Overwrite(at, bytes))),
    ];
    prop::collection::vec(damage, 1..4)
}

/// Return numbers that few fields expect, or that are far out of their range.
pub fn odd_numbers() -> Vec<Value> {
    vec![json!(-1), json!(0.5), json!(1e39), json!(u64::MAX), json!(1u64 << 27), json!("1")]
}

/// Return the files after all `damages`, with the sizes and hashes of the damaged files in the manifest.
pub fn damaged(mut files: Files, mut damages: Vec<(usize, Damage)>) -> Files {
    // The manifest last: the others put their hashes there.
    damages.sort_by_key(|damage| damage.0);
    for (file, damage) in damages {
        let content = after(file, files[file].1.clone(), damage);
        put(&mut files, file, content);
    }
    files
}

fn after(file: usize, mut content: Vec<u8>, damage: Damage) -> Vec<u8> {
    match damage {
        Damage::Flip(_, _) if content.is_empty() => {}
        Damage::Flip(at, bits) => {
            let at = at.index(content.len());
            content[at] ^= bits;
        }
        Damage::Cut(at) => content.truncate(at.index(content.len() + 1)),
        Damage::Overwrite(at, bytes) => {
            let data = json_range(file, &content).map_or(content.len(), |header| header.end);
            let numbers = &mut content[data..].as_chunks_mut::<4>().0;
            if !numbers.is_empty() {
                numbers[at.index(numbers.len())] = bytes;
            }
        }
        Damage::Edit(at, replacement) => {
            let Some(json) = json_in(file, &content) else { return content };
            let pointers = pointers(&json);
            let pointer = &pointers[at.index(pointers.len())];
            let value = match json.pointer(pointer) {
                Some(Value::Number(_)) => replacement.number,
                Some(Value::String(_)) => replacement.text,
                _ => replacement.other,
            };
            return with_node(file, &content, pointer, value);
        }
    }
    content
}

/// Return the JSON of a file, if it has one; of the weights their header.
pub fn json_in(file: usize, content: &[u8]) -> Option<Value> {
    serde_json::from_slice(&content[json_range(file, content)?]).ok()
}

/// Return the file with another value in place of a node of its JSON.
pub fn with_node(file: usize, content: &[u8], pointer: &str, value: Value) -> Vec<u8> {
    let mut json = json_in(file, content).expect("JSON with this node");
    *json.pointer_mut(pointer).expect("a node") = value;
    let json = json.to_string().into_bytes();
    match json_range(file, content) {
        Some(range) if file == WEIGHTS => {
            let length = (json.len() as u64).to_le_bytes();
            [&length, json.as_slice(), &content[range.end..]].concat()
        }
        _ => json,
    }
}

/// Where the JSON is in a file: all of it, but of the weights what follows its length in eight bytes.
fn json_range(file: usize, content: &[u8]) -> Option<Range<usize>> {
    if file != WEIGHTS {
        return Some(0..content.len());
    }
    let length = u64::from_le_bytes(*content.first_chunk()?);
    let end = usize::try_from(length).ok()?.checked_add(8)?;
    (end <= content.len()).then_some(8..end)
}
