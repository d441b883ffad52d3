//! Encoding: a data set as the model reads it.

mod columns;
mod encoded;
mod graph;
mod popularity;
mod population;

pub use columns::nearly_unique;
pub use encoded::{CONSTANT, Encoded};
pub use popularity::by_popularity;
pub use population::Population;
