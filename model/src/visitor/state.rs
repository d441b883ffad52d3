//! The saved state of a visitor: versioned JSON that does not depend on a bundle.

use super::answer::Answer;
use crate::compact::node::Node;
use serde::Serialize;

/// The version of saved states that is written and read.
pub const VERSION: usize = 1;

/// The maximum number of answers in a session or a state.
pub(super) const MAX_ANSWERS: usize = 1000;

/// The saved state of a visitor: answers and user fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SavedState {
    /// The version, [`VERSION`].
    pub version: usize,
    /// The answers, oldest first.
    pub answers: Vec<SavedAnswer>,
    /// The values of user fields, by name.
    #[serde(serialize_with = "crate::bundle::entries::serialize")]
    pub user: Vec<(String, String)>,
}

/// An answer in a saved state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SavedAnswer {
    /// The id of the item.
    pub id: String,
    /// The answer.
    pub value: Answer,
}

impl SavedState {
    /// Read a state from the JSON that its [`Serialize`] implementation writes; errors are recorded at `node`.
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
    /// Read an answer of a state.
    fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["id", "value"]);
        Self { id: node.field("id").string(), value: Answer::read(&node.field("value")) }
    }
}
