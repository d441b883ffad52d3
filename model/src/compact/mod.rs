//! Small replacements of parts of the standard library or of other crates. Each makes the WebAssembly file at least 5 KB
//! smaller; `README.md` in this folder has the figures and how they were measured.

pub mod decimal;
pub mod json;
pub mod node;
