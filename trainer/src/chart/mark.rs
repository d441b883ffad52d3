//! Marks that differ in shape as well as in colour.

use super::frame::round;
use maud::{Markup, html};

/// Number of shapes.
const SHAPES: usize = 6;

/// The mark of a series; the classes `series-0` to `series-5` give its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub usize);

impl Mark {
    pub fn class(self) -> String {
        format!("series-{}", self.0 % SHAPES)
    }

    /// Draw the mark centred on a point.
    pub fn at(self, x: f64, y: f64) -> Markup {
        let (x, y) = (round(x), round(y));
        let shape = match self.0 % SHAPES {
            0 => return html! { circle class="mark" cx=(x) cy=(y) r="4.2" {} },
            1 => "m-3.8-3.8h7.6v7.6h-7.6z",
            2 => "m0-5 5 8.6h-10z",
            3 => "m0-5.4 5.4 5.4-5.4 5.4-5.4-5.4z",
            4 => "m0 5 5-8.6h-10z",
            _ => "m-5-1.6h3.4v-3.4h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4z",
        };
        html! { path class="mark" d=(format!("M{x} {y}{shape}")) {} }
    }
}
