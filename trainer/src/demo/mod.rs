//! The demo pages: a web server on this machine, and visitors for the comparison page.

mod serve;
mod visitors;

pub use serve::{Folders, serve};
pub use visitors::Visitors;
