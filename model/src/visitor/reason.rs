//! Why an item is recommended.

use super::answer::Answer;

/// How far one answer moved a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// Position of the answered item.
    pub item: usize,
    /// What was said of it.
    pub answer: Answer,
    /// The rating to expect with the answer less that without it; of a picks bundle the difference of two scores.
    pub influence: f32,
}
