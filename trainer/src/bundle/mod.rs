//! Bundles, the files that a browser reads: making, writing, reading, and predicting with them.

mod folder;
mod make;
mod predict;
mod source;

pub use folder::{read, write};
pub use make::{figures, make};
pub use predict::{ItemId, Prediction, Wanted, predict};
pub use source::Source;
