//! Damage to a bundle's files: flipped bytes, lost ends, and other values in their JSON.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// The weights' place in `Files`.
const WEIGHTS: usize = 0;

/// What can happen to the file at a place.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(Index, u8),
    Cut(Index),
    /// Another value for one of the nodes of its JSON; of the weights that is the header.
    Edit(Index, Replacement),
}

/// A value for every kind of node: one of another kind would seldom come further than the parser.
#[derive(Clone, Debug)]
pub struct Replacement {
    number: Value,
    text: Value,
    other: Value,
}

/// Up to three, each to one of a bundle's `Files`.
pub fn damages() -> impl Strategy<Value = Vec<(usize, Damage)>> {
    let odd = vec![json!(-1), json!(0.5), json!(1e39), json!(u64::MAX), json!(1u64 << 27), json!("1")];
    let number = prop_oneof![2 => (0..10u8).prop_map(Value::from), 1 => select(odd)];
    let text =
        select(vec![json!(""), json!("../a"), json!("pho"), json!("last"), json!("all"), json!("U32"), json!(1)]);
    let other = select(vec![json!(null), json!([]), json!([0, 0]), json!([1]), json!({}), json!(true), json!(0.25)]);
    let replacement = (number, text, other).prop_map(|(number, text, other)| Replacement { number, text, other });
    let damage = prop_oneof![
        1 => (any::<Index>(), 1..=255u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => any::<Index>().prop_map(Damage::Cut),
        8 => (any::<Index>(), replacement).prop_map(|(at, replacement)| Damage::Edit(at, replacement)),
    ];
    prop::collection::vec((0..3usize, damage), 1..4)
}

/// The content of a file after it.
pub fn damaged(place: usize, mut content: Vec<u8>, damage: Damage) -> Vec<u8> {
    match damage {
        Damage::Flip(at, bits) if !content.is_empty() => {
            let at = at.index(content.len());
            content[at] ^= bits;
        }
        Damage::Flip(..) => {}
        Damage::Cut(at) => content.truncate(at.index(content.len() + 1)),
        Damage::Edit(at, replacement) if place == WEIGHTS => {
            let end = content.first_chunk().map_or(0, |length| u64::from_le_bytes(*length) as usize).saturating_add(8);
            if let Some(header) = content.get(8..end).and_then(|header| edited(header, at, replacement)) {
                let length = (header.len() as u64).to_le_bytes();
                return [&length, header.as_slice(), &content[end..]].concat();
            }
        }
        Damage::Edit(at, replacement) => return edited(&content, at, replacement).unwrap_or(content),
    }
    content
}

fn edited(text: &[u8], at: Index, replacement: Replacement) -> Option<Vec<u8>> {
    let mut json = serde_json::from_slice(text).ok()?;
    let pointers = pointers(&json);
    let node = json.pointer_mut(&pointers[at.index(pointers.len())])?;
    *node = match node {
        Value::Number(_) => replacement.number,
        Value::String(_) => replacement.text,
        _ => replacement.other,
    };
    Some(json.to_string().into())
}

/// One to every node.
fn pointers(json: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match json {
        Value::Array(list) => list.iter().enumerate().map(|(i, child)| (i.to_string(), child)).collect(),
        Value::Object(map) => map.iter().map(|(key, child)| (key.clone(), child)).collect(),
        _ => Vec::new(),
    };
    let below = children
        .into_iter()
        .flat_map(|(key, child)| pointers(child).into_iter().map(move |rest| format!("/{key}{rest}")));
    [String::new()].into_iter().chain(below).collect()
}
