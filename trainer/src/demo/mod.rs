//! What the demo pages need: a web server on this machine, and visitors to compare questions with.

mod serve;
mod visitors;

pub use serve::{Folders, serve};
pub use visitors::Visitors;
