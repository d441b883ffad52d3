//! Places items that a run did not learn from by their fields, so that today's catalogue needs no training.
//!
//! What a finished run says of such items is kept in its `placing.safetensors`: for each item field a table whose rows add up to
//! the item's numbers in both halves. It needs neither the data that the run learned from nor its order.

mod catalogue;
mod file;
mod numbers;

pub use catalogue::{Changes, place};
pub use file::{read, write};
pub use numbers::{ChoiceOfNew, PlacedField, PlacedStars, Placing};
