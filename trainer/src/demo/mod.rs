//! The demo pages: a web server on this machine, and visitors for the comparison page.

mod playground;
mod serve;
mod visitors;

pub use serve::{Folders, Pages, serve};
pub use visitors::Visitors;
