//! What a visitor's session refuses.

use crate::compact::decimal::Decimal;

/// A call that cannot be answered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VisitorError {
    /// The catalogue has no item with this id.
    #[error("no item \"{0}\" in the catalogue")]
    UnknownItem(String),
    /// A rating is none on the bundle's scale.
    #[error("rating {}: expected a number from {} to {}", .rating, .min, .max)]
    #[allow(missing_docs, reason = "the message names them")]
    BadRating { rating: Decimal, min: Decimal, max: Decimal },
    /// The session holds as many answers as it takes.
    #[error("{0} answers already, and no more fit: undo some")]
    TooMany(usize),
    /// The bundle has no such user field.
    #[error("no user field \"{field}\": this bundle has {known}")]
    #[allow(missing_docs, reason = "the message names them")]
    UnknownField { field: String, known: String },
    /// A user field has no such value.
    #[error("user field \"{field}\" has no value \"{value}\": see its values in `info.userFields`")]
    #[allow(missing_docs, reason = "the message names them")]
    UnknownValue { field: String, value: String },
    /// A saved state is not what [`crate::visitor::Visitor::save`] returned.
    #[error("saved state: {0}")]
    BadState(String),
}
