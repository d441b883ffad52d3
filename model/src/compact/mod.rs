//! Stand-ins for what the standard library or a well-kept crate does, each of which saves a visitor at least 5 KB of
//! the download. `README.md` in this folder says how much, and how that was measured.

pub mod decimal;
pub mod json;
pub mod name_index;
pub mod node;
pub mod vec_map;
