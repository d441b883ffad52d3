//! Restoring a saved state of any bytes.

use crate::small;
use fewclicks_model::compact::{json, node};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::visitor::{ListOptions, SavedState, Visitor};
use std::sync::Arc;

/// Restore the state with this JSON: either the session is as it was before, or it saves what it restored. Return whether it was
/// restored.
pub fn restore_or_refuse(bytes: &[u8]) -> bool {
    let Ok(tree) = json::parse(bytes) else { return false };
    let Ok(state) = node::read(&tree, SavedState::read) else { return false };
    let mut visitor = Visitor::new(Arc::new(small::bundle(Scope::Decision, Loss::SquaredError)), 1);
    let before = visitor.save();
    match visitor.restore(&state) {
        Err(_) => assert_eq!(visitor.save(), before, "a refused state changes nothing"),
        Ok(missing) => {
            let saved = visitor.save();
            assert!(saved.answers.len() + missing.len() <= state.answers.len());
            assert_eq!(visitor.check_finite(), Ok(()));
            visitor.recommend(3, &ListOptions::default());
            return true;
        }
    }
    false
}
