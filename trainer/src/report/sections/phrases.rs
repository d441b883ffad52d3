//! What a report says differently of ratings and of picks, in one place.

use crate::data::Feedback;
use crate::report::measurement::FEW_ANSWERS;

/// Words and sentences for one kind of feedback.
pub struct Phrases {
    /// What users gave, such as `ratings`.
    pub noun: &'static str,
    /// The noun as the name of a figure.
    pub title: &'static str,
    /// What a user did with an item, such as `rated`.
    pub participle: &'static str,
    /// What the model does for a visitor; the number of items follows.
    pub prediction: &'static str,
    /// How to read the metrics.
    pub metrics: &'static str,
    /// Title of the section on the quality of predictions.
    pub quality_title: &'static str,
    /// Introduction of that section.
    pub quality: String,
}

impl Phrases {
    /// Return the phrases for `feedback`.
    pub fn of(feedback: Feedback) -> Self {
        match feedback {
            Feedback::Ratings => Self {
                noun: "ratings",
                title: "Ratings",
                participle: "rated",
                prediction: "predicts how a new visitor would rate each of ",
                metrics: "MAE and RMSE are errors: less is better. nDCG judges the order: more is better, 1 is perfect. ",
                quality_title: "Do predictions mean what they say?",
                quality: format!(
                    "Predictions after {FEW_ANSWERS} answers, before any read-out at the median, in bins with about as \
                     many ratings each: where the line follows the dashed one, the mean predicted rating equals the \
                     mean actual rating."
                ),
            },
            Feedback::Picks => Self {
                noun: "picks",
                title: "Picks",
                participle: "picked",
                prediction: "recommends what a new visitor is likely to pick among ",
                metrics: "The whole catalogue competes. More is better. ",
                quality_title: "Which places are hit",
                quality: format!(
                    "How often the item in each place of the list, after {FEW_ANSWERS} picks, is one that the person \
                     did pick. A good list is hit more often at its top."
                ),
            },
        }
    }
}
