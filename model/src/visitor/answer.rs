//! What a visitor says of an item.

use crate::compact::json::Node;
use crate::model::scale::Scale;

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A rating on the bundle's scale.
    Rating(f32),
    Word(Word),
}

/// An answer in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Like,
    Dislike,
    /// Not seen, not known: says nothing about taste.
    Unknown,
}

impl Word {
    const ALL: [Self; 3] = [Word::Like, Word::Dislike, Word::Unknown];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Word::Like => "like",
            Word::Dislike => "dislike",
            Word::Unknown => "unknown",
        }
    }
}

impl Answer {
    /// What one may be.
    pub const EXPECTED: &str = "a rating, \"like\", \"dislike\" or \"unknown\"";

    /// The reverse of what is given to JavaScript.
    pub fn read(node: &Node) -> Self {
        if node.is_number() {
            return Answer::Rating(node.number() as f32);
        }
        let said = Word::ALL.into_iter().find(|word| node.is(word.name()));
        Answer::Word(said.unwrap_or_else(|| {
            node.expected::<()>(Self::EXPECTED);
            Word::Unknown
        }))
    }

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
