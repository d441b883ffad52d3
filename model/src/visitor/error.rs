//! What a visitor session refuses.

use crate::compact::decimal::{decimal, whole};
use crate::compact::words::error_of_words;

/// A call that cannot be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum VisitorError {
    UnknownItem(String),
    BadRating { rating: f32, min: f32, max: f32 },
    TooMany(usize),
    UnknownField { field: String, known: String },
    UnknownValue { field: String, value: String },
    BadState(String),
}

error_of_words!(VisitorError);

impl VisitorError {
    /// What is wrong, and what was expected.
    pub fn words(&self) -> String {
        let number = |x: &f32| decimal((*x).into());
        match self {
            VisitorError::UnknownItem(id) => ["no item \"", id, "\" in the catalogue"].concat(),
            VisitorError::BadRating { rating, min, max } => {
                ["rating ", &number(rating), ": expected a number from ", &number(min), " to ", &number(max)].concat()
            }
            VisitorError::TooMany(answers) => whole(*answers) + " answers already, and no more fit: undo some",
            VisitorError::UnknownField { field, known } => {
                ["no user field \"", field, "\": this bundle has ", known].concat()
            }
            VisitorError::UnknownValue { field, value } => {
                ["user field \"", field, "\" has no value \"", value, "\": see its values in `info.userFields`"]
                    .concat()
            }
            VisitorError::BadState(reason) => ["saved state: ", reason].concat(),
        }
    }
}
