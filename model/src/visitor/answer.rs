//! What a visitor says of an item.

use crate::compact::node::Node;
use crate::model::scale::Scale;
use serde::{Serialize, Serializer};

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A rating on the bundle's scale.
    Rating(f32),
    /// Liked.
    Like,
    /// Not liked.
    Dislike,
    /// Not seen or not known: says nothing about taste.
    Unknown,
}

impl Answer {
    /// What an answer may be, in words.
    pub const EXPECTED: &str = "a rating, \"like\", \"dislike\" or \"unknown\"";

    /// Read an answer as [`Serialize`] writes it: a number or a word.
    pub fn read(node: &Node<'_>) -> Self {
        if node.is_number() {
            return Answer::Rating(node.number() as f32);
        }
        let words = [("like", Answer::Like), ("dislike", Answer::Dislike), ("unknown", Answer::Unknown)];
        match words.into_iter().find(|(word, _)| node.is(word)) {
            Some((_, answer)) => answer,
            None => {
                node.expected::<()>(Self::EXPECTED);
                Answer::Unknown
            }
        }
    }

    /// The rating that it amounts to; `None` for [`Answer::Unknown`].
    pub fn rating(self, scale: &Scale) -> Option<f32> {
        match self {
            Answer::Rating(rating) => Some(rating),
            Answer::Like => Some(scale.like),
            Answer::Dislike => Some(scale.dislike),
            Answer::Unknown => None,
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Answer::Rating(rating) => serializer.serialize_f32(*rating),
            Answer::Like => serializer.serialize_str("like"),
            Answer::Dislike => serializer.serialize_str("dislike"),
            Answer::Unknown => serializer.serialize_str("unknown"),
        }
    }
}
