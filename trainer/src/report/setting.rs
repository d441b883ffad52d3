//! What all measurements of a report share.

use super::contenders::Contender;
use fewclicks_model::adapt::Feedback;

/// The number of answers that plain words are about.
pub const FEW_ANSWERS: usize = 5;

/// What is predicted with, and for which kind of data.
pub struct Setting<'a> {
    pub contenders: &'a [Contender],
    /// Size of the catalogue.
    pub items: usize,
    pub feedback: Feedback,
    /// The lowest and the highest rating.
    pub scale: (f32, f32),
}

impl Setting<'_> {
    /// How much better `other` is than `one`, by the metric that counts most: an error, or of picks a gain.
    pub fn gain(&self, one: f64, other: f64) -> f64 {
        match self.feedback {
            Feedback::Ratings => one - other,
            Feedback::Picks => other - one,
        }
    }
}
