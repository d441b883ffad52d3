//! Bundles, the files that a browser reads: made of a run, written, read, and predicted with.

mod folder;
mod make;
mod predict;
mod source;

pub use folder::{read, write};
pub use make::{figures, make};
pub use predict::{ItemId, Prediction, predict};
pub use source::Source;
