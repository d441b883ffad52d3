//! The levels of answers, which the choice half reads.

use crate::model::scale::Scale;
use crate::network::loss::Loss;

/// The number of levels: not known, and one to five stars.
pub const LEVELS: usize = 6;

/// The level of an item that the visitor does not know.
pub const UNKNOWN: usize = 0;

/// The level of a pick.
pub const PICK: usize = 5;

/// Return the level of an answer with this rating on `scale`: the nearest whole number of stars, or [`UNKNOWN`].
///
/// ```
/// use fewclicks_model::{Scale, halves::level};
/// let percent = Scale { min: 0.0, max: 100.0, like: 90.0, dislike: 20.0 };
/// assert_eq!([None, Some(0.0), Some(52.0), Some(100.0)].map(|rating| level(&percent, rating)), [0, 1, 3, 5]);
/// ```
pub fn level(scale: &Scale, rating: Option<f32>) -> usize {
    rating.map_or(UNKNOWN, |rating| scale.label(rating, Loss::SquaredError).round().clamp(1.0, 5.0) as usize)
}
