//! What a visitor session refuses.

use crate::decimal::decimal;

/// A call that cannot be answered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum VisitorError {
    #[error("no item \"{0}\" in the catalogue")]
    UnknownItem(String),
    #[error("rating {}: expected a number from {} to {}", decimal((*rating).into()), decimal((*min).into()), decimal((*max).into()))]
    BadRating { rating: f32, min: f32, max: f32 },
    #[error("{0} answers already, and no more fit: undo some")]
    TooMany(usize),
    #[error("no user field \"{field}\": this bundle has {known}")]
    UnknownField { field: String, known: String },
    #[error("user field \"{field}\" has no value \"{value}\": see its values in `info.userFields`")]
    UnknownValue { field: String, value: String },
    #[error("saved state: {0}")]
    BadState(String),
}
