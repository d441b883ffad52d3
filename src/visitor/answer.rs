//! What a visitor says of an item.

use crate::scale::Scale;
use serde::{Deserialize, Serialize};

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "neither a rating nor \"like\", \"dislike\" or \"unknown\"")]
pub enum Answer {
    /// A rating on the bundle's scale.
    Rating(f32),
    Word(Word),
}

/// An answer in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    Like,
    Dislike,
    /// Not seen, not known: says nothing about taste.
    Unknown,
}

impl Answer {
    /// The rating it amounts to; none for *don't know*.
    pub fn rating(self, scale: &Scale) -> Option<f32> {
        match self {
            Answer::Rating(rating) => Some(rating),
            Answer::Word(Word::Like) => Some(scale.like),
            Answer::Word(Word::Dislike) => Some(scale.dislike),
            Answer::Word(Word::Unknown) => None,
        }
    }
}
