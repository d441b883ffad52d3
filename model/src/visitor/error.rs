//! The errors of a visitor's session.

use crate::compact::decimal::Decimal;

/// The reason why a call is refused; the session has not changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum VisitorError {
    /// The catalogue has no item with this id.
    #[error("no item \"{0}\" in the catalogue")]
    UnknownItem(String),
    /// A rating is not on the bundle's scale.
    #[error("rating {rating}: expected a number from {min} to {max}")]
    BadRating {
        /// The rating.
        rating: Decimal,
        /// The lowest rating on the scale.
        min: Decimal,
        /// The highest rating on the scale.
        max: Decimal,
    },
    /// The session already has the maximum number of answers, given here.
    #[error("{0} answers already, and no more fit: undo some")]
    TooMany(usize),
    /// The bundle has no such user field.
    #[error("no user field \"{field}\": this bundle has {known}")]
    UnknownField {
        /// The name of the field.
        field: String,
        /// The names of the bundle's fields, separated by commas.
        known: String,
    },
    /// A user field has no such value.
    #[error("user field \"{field}\" has no value \"{value}\": see its values in `info.userFields`")]
    UnknownValue {
        /// The name of the field.
        field: String,
        /// The value.
        value: String,
    },
    /// The model has no finite score of the item with this id, so that no list can be made.
    #[error("no finite score of item \"{0}\": export the bundle again")]
    NotFinite(String),
    /// A saved state is not one that [`crate::visitor::Visitor::save`] returned; the reason.
    #[error("saved state: {0}")]
    BadState(String),
}
