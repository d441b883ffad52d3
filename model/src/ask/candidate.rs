//! Evidence candidates.

use serde::Serialize;

/// An evidence candidate: an item worth asking a new visitor about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The position in the catalogue.
    pub item: usize,
    /// The score by which candidates are sorted, the higher the better.
    pub score: f64,
    /// The share of people who know the item, 0 to 1.
    pub known: f32,
}
