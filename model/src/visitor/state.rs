//! What is kept of a visitor: versioned JSON that outlives a bundle.

use super::answer::Answer;
use crate::compact::node::Node;
use crate::compact::vec_map::VecMap;
use serde::Serialize;

/// The version this code writes, and the only one it reads.
pub const VERSION: usize = 1;

/// The most answers a session takes and a state may hold; a visitor gives some dozen.
pub const MAX_ANSWERS: usize = 1000;

/// A visitor's answers and what they said of themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SavedState {
    /// [`VERSION`].
    pub version: usize,
    /// Oldest first.
    pub answers: Vec<SavedAnswer>,
    /// User fields by name.
    pub user: VecMap<String>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SavedAnswer {
    /// The site's id of the item.
    pub id: String,
    /// What was said of it.
    pub value: Answer,
}

impl SavedState {
    /// Read a state as [`Serialize`] writes it.
    pub fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["version", "answers", "user"]);
        Self {
            version: node.field("version").usize(),
            answers: node.field("answers").list(SavedAnswer::read),
            user: node.optional("user").map(|user| user.map(|value| value.string())).unwrap_or_default(),
        }
    }
}

impl SavedAnswer {
    fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["id", "value"]);
        Self { id: node.field("id").string(), value: Answer::read(&node.field("value")) }
    }
}
