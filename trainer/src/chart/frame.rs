//! The frame of every chart: title, axes, ticks, and a description for screen readers.

use super::axis::Axis;
use maud::{Markup, html};

/// Margins around the plot, for tick labels and titles, in the drawing's units.
const LEFT: f64 = 54.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 50.0;

/// The text of a chart.
pub struct Caption<'a> {
    pub title: &'a str,
    /// What the chart shows, in a sentence or two, for screen readers.
    pub description: String,
}

/// The size of a drawing, in its own units, and its axes.
pub struct Frame {
    pub width: f64,
    pub height: f64,
    pub x: Axis,
    pub y: Axis,
}

impl Frame {
    /// Create a frame of the size of charts that stand in pairs.
    pub fn small(x: Axis, y: Axis) -> Self {
        Self { width: 480.0, height: 310.0, x, y }
    }

    /// Return the x coordinate of a value.
    pub fn x(&self, value: f64) -> f64 {
        LEFT + (self.width - LEFT - RIGHT) * self.x.fraction(value)
    }

    /// Return the y coordinate of a value; values grow upwards.
    pub fn y(&self, value: f64) -> f64 {
        self.height - BOTTOM - (self.height - TOP - BOTTOM) * self.y.fraction(value)
    }

    /// Return the left, top, right and bottom edges of the plot.
    pub fn edges(&self) -> [f64; 4] {
        [LEFT, TOP, self.width - RIGHT, self.height - BOTTOM]
    }

    /// Draw a figure: axes, `plot`, and `legend` below.
    pub fn figure(&self, caption: &Caption, plot: Markup, legend: Markup) -> Markup {
        let wide = self.width > 500.0;
        let label = format!("{}. {}", caption.title, caption.description);
        html! {
            figure class=(if wide { "chart wide" } else { "chart" }) {
                figcaption { (caption.title) }
                div class="drawing" tabindex=[wide.then_some("0")] {
                    svg viewBox=(format!("0 0 {} {}", self.width, self.height)) role="img" aria-label=(label) {
                        (self.axes())
                        (plot)
                    }
                }
                (legend)
            }
        }
    }

    fn axes(&self) -> Markup {
        let [left, top, right, bottom] = self.edges();
        html! {
            @for (value, label) in &self.y.ticks {
                path class="grid" d=(format!("M{left} {:.1}H{right}", self.y(*value))) {}
                text x=(left - 7.0) y=(round(self.y(*value) + 4.5)) text-anchor="end" { (label) }
            }
            path class="axis" d=(format!("M{left} {bottom}H{right}")) {}
            @for (value, label) in &self.x.ticks {
                path class="axis" d=(format!("M{:.1} {bottom}v5", self.x(*value))) {}
                text x=(round(self.x(*value))) y=(bottom + 20.0) text-anchor="middle" { (label) }
            }
            text class="what" x="2" y=(top - 15.0) { (self.y.title) }
            text class="what" x=(right) y=(self.height - 8.0) text-anchor="end" { (self.x.title) }
        }
    }
}

/// Round to a tenth of a unit, which is not visible.
pub fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}
