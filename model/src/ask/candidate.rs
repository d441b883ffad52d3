//! Evidence candidates as a bundle has them.

use serde::Serialize;

/// An item worth asking a new visitor about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Position in the catalogue.
    pub item: usize,
    /// The higher, the better a question.
    pub score: f64,
    /// The share of people who know the item, 0 to 1.
    pub known: f32,
}
