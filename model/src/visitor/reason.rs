//! The reasons of predictions.

use super::answer::Answer;

/// The influence of one answer on a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// The position of the answered item.
    pub item: usize,
    /// The answer.
    pub answer: Answer,
    /// The expected rating with the answer minus that without it; with picks the difference of two scores.
    pub influence: f32,
}
