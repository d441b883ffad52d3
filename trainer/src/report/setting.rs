//! What all measurements of a report share.

use super::contenders::Contender;
use fewclicks_model::adapt::Feedback;

/// Number of answers that the report's sentences refer to.
pub const FEW_ANSWERS: usize = 5;

/// Contenders and data of all measurements.
pub struct Setting<'a> {
    pub contenders: &'a [Contender],
    /// Size of the catalogue.
    pub items: usize,
    pub feedback: Feedback,
    /// Minimum and maximum rating.
    pub scale: (f32, f32),
}

impl Setting<'_> {
    /// Return how much better `other` is than `one` by the main metric: an error, or for picks a gain.
    pub fn gain(&self, one: f64, other: f64) -> f64 {
        match self.feedback {
            Feedback::Ratings => one - other,
            Feedback::Picks => other - one,
        }
    }
}
