//! The reasons of predictions.

use super::answer::Answer;

/// The influence of one answer on a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// The position of the answered item.
    pub item: usize,
    /// The answer.
    pub answer: Answer,
    /// The score in the list with the answer minus that without it: the expected rating, where a list is sorted by it.
    pub influence: f32,
}
