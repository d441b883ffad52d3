//! Charts as inline SVG: colours by class, so that a style sheet decides on light and dark, and no script.

mod axis;
mod bars;
mod frame;
mod labels;
mod lines;
mod mark;
mod scatter;

pub use axis::Axis;
pub use bars::bars;
pub use frame::{Frame, Texts};
pub use lines::{Series, lines};
pub use mark::Mark;
pub use scatter::{Named, Scatter, scatter};
