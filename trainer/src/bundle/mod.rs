//! Bundles, the files that a browser reads: making, writing, reading, and predicting with them.

mod folder;
mod make;
mod predict;
mod prove;
mod seal;
mod source;

pub use folder::{Written, files, read, roll_back, write};
pub use make::{figures, learned, make};
pub use predict::{ItemId, Prediction, Wanted, predict};
pub use prove::prove;
pub use source::Source;
