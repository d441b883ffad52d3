//! Small stand-ins for larger libraries.

pub mod decimal;
pub mod entries;
pub mod json;
pub mod order;
pub mod words;
