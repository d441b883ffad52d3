//! The answers of visitors.

use crate::compact::node::Node;
use crate::model::scale::Scale;
use serde::{Serialize, Serializer};

/// A visitor's answer about an item.
///
/// ```
/// use fewclicks_model::{Answer, Scale};
/// let scale = Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 2.0 };
/// assert_eq!(Answer::Rating(3.0).rating(&scale), Some(3.0));
/// assert_eq!(Answer::Like.rating(&scale), Some(4.5));
/// assert_eq!(Answer::Unknown.rating(&scale), None);
/// assert_eq!(serde_json::to_string(&[Answer::Rating(3.5), Answer::Dislike]).unwrap(), r#"[3.5,"dislike"]"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// A rating on the bundle's scale.
    Rating(f32),
    /// A like.
    Like,
    /// A dislike.
    Dislike,
    /// The visitor does not know the item.
    Unknown,
}

impl Answer {
    /// The expected JSON of an answer, for error messages.
    pub const EXPECTED: &str = "a rating, \"like\", \"dislike\" or \"unknown\"";

    /// Read an answer from the JSON that its [`Serialize`] implementation writes, a number or a word; errors are recorded at
    /// `node`.
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

    /// Return the rating on `scale` that the answer stands for; `None` for [`Answer::Unknown`].
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
