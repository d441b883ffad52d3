//! Charts as inline SVG without scripts. Colours are classes, so that a style sheet can decide on light and dark.

mod axis;
mod bars;
mod frame;
mod labels;
mod lines;
mod mark;
mod scatter;

pub use axis::Axis;
pub use bars::bars;
pub use frame::{Caption, Frame};
pub use lines::{Series, lines};
pub use mark::Mark;
pub use scatter::{Named, Scatter, scatter};
