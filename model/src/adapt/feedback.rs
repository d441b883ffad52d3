//! The kinds of feedback.

/// The kind of feedback that a model learns from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// Explicit feedback: ratings of items.
    Ratings,
    /// Implicit feedback: items that users picked, without information about other items.
    Picks,
}
