//! A network in a bundle: its description in the manifest, and its weights.

mod description;
mod read;
mod write;

pub use description::NetworkEntry;
pub(super) use read::read;
pub(super) use write::write;
