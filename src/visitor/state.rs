//! What is kept of a visitor: versioned JSON that outlives a bundle.

use super::answer::Answer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version this code writes, and the only one it reads.
pub const VERSION: u32 = 1;

/// The most answers a session takes and a state may hold; a visitor gives some dozen.
pub const MOST_ANSWERS: usize = 1000;

/// A visitor's answers and what they said of themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedState {
    pub version: u32,
    /// Oldest first.
    pub answers: Vec<SavedAnswer>,
    /// User fields by name.
    #[serde(default)]
    pub user: BTreeMap<String, String>,
}

/// One answer, by the site's item id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedAnswer {
    pub id: String,
    pub value: Answer,
}
