//! `trainer check`: reads a site's data, trains nothing, and tells all problems and what would be learned from.

mod fields;
mod found;
mod text;
mod warnings;

pub use fields::FieldUse;
pub use found::{Checked, check};
pub use warnings::warnings;
