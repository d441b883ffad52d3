//! Compares two bundles on the same tasks: what visitors would get from the one and from the other.

mod measured;
mod tasks;

pub use measured::{Comparison, Difference, compare};
pub use tasks::{in_both, of_data};
