//! Saved states that are changed in any way are restored or refused.

use crate::pointers::pointers;
use crate::state::restore_or_refuse;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::cell::Cell;

#[test]
fn a_changed_state_is_restored_or_refused() {
    let answer = |id: &str, value: Value| json!({ "id": id, "value": value });
    let answers = [answer("ramen", json!("like")), answer("pho", json!(3.5)), answer("gone", json!("unknown"))];
    let state = json!({ "version": 1, "answers": answers, "user": { "age": "old" } });
    assert!(restore_or_refuse(state.to_string().as_bytes()));
    let values = vec![
        json!(null),
        json!(0),
        json!(-1),
        json!(1e39),
        json!(2),
        json!(""),
        json!("pho"),
        json!("dislike"),
        json!([]),
        json!({}),
        json!([{ "id": "pho", "value": "like" }]),
        json!({ "age": 3 }),
    ];
    let edits = prop::collection::vec((any::<Index>(), select(values)), 0..4);
    let flip = prop::option::of((any::<Index>(), 1..=255u8));
    let restored = Cell::new(0);
    proptest!(ProptestConfig::with_cases(2000), |(edits in edits, flip in flip)| {
        let mut state = state.clone();
        for (at, value) in edits {
            let pointers = pointers(&state);
            *state.pointer_mut(&pointers[at.index(pointers.len())]).unwrap() = value;
        }
        let mut bytes = state.to_string().into_bytes();
        if let Some((at, bits)) = flip {
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
        }
        restored.set(restored.get() + u32::from(restore_or_refuse(&bytes)));
    });
    assert!(restored.get() > 100, "{} states were restored", restored.get());
}
