//! The default model in a bundle: its description in the manifest, and its weights.
//!
//! Tensors that begin with `choice` are of the choice half, those that begin with `stars` of the stars half,
//! those that begin with `asking` decide on questions. Tables with a
//! row per item have a byte per number and a scale per row with [`super::Precision::Int8`], everything else has two bytes
//! per number; Λ always has four.

mod description;
mod read;
mod write;

pub use description::{AskingEntry, ChoiceEntry, HalvesEntry, StarsEntry};
pub(super) use read::read;
pub(super) use write::write;

use crate::model::vocabulary::Vocabulary;

/// The largest absolute value of a number of the model: the largest number of two bytes. All scores are finite then.
const MAX_NUMBER: f32 = 65_504.0;

/// Return the name of the table of a user field of the half with this name.
fn user_table(half: &str, vocabulary: &Vocabulary) -> String {
    format!("{half}.user.{}", vocabulary.name())
}

/// Return the names of the tensors with the neighbours of a half: how many each item has, their positions and strengths.
fn neighbour_names(half: &str) -> [String; 3] {
    ["counts", "items", "strengths"].map(|part| format!("{half}.neighbours.{part}"))
}
