//! What a model learns from.

/// What people tell of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// How much a user likes an item: explicit ratings.
    Ratings,
    /// That a user picked an item, and nothing of the items not picked: implicit feedback.
    Picks,
}
