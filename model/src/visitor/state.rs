//! What is kept of a visitor: versioned JSON that outlives a bundle.

use super::answer::Answer;
use crate::compact::entries::Entries;
use crate::compact::json::Node;

/// The version this code writes, and the only one it reads.
pub const VERSION: usize = 1;

/// The most answers a session takes and a state may hold; a visitor gives some dozen.
pub const MAX_ANSWERS: usize = 1000;

/// A visitor's answers and what they said of themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedState {
    pub version: usize,
    /// Oldest first.
    pub answers: Vec<SavedAnswer>,
    /// User fields by name.
    pub user: Entries<String>,
}

/// One answer, by the site's item id.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedAnswer {
    pub id: String,
    pub value: Answer,
}

impl SavedState {
    /// The reverse of what is given to JavaScript.
    pub fn read(node: &Node) -> Self {
        node.has_only(&["version", "answers", "user"]);
        Self {
            version: node.field("version").whole(),
            answers: node.field("answers").list(SavedAnswer::read),
            user: node.optional("user").map_or(Entries::default(), |user| user.map(|value| value.text())),
        }
    }
}

impl SavedAnswer {
    fn read(node: &Node) -> Self {
        node.has_only(&["id", "value"]);
        Self { id: node.field("id").text(), value: Answer::read(&node.field("value")) }
    }
}
