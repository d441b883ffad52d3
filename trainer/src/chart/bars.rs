//! Bar charts, with a bar per slot of the x axis.

use super::frame::{Caption, Frame, round};
use super::mark::Mark;
use maud::{Markup, html};

/// Draw a bar chart. `line` is drawn over the bars: a name, and a value per slot.
pub fn bars(frame: &Frame, caption: &Caption, heights: &[f64], line: Option<(&str, &[f64])>) -> Markup {
    let [.., bottom] = frame.edges();
    let width = (frame.x(1.0) - frame.x(0.0)) * 0.86;
    let bar = |slot: usize, height: f64| {
        let (x, y) = (frame.x(slot as f64) - width / 2.0, frame.y(height));
        html! { rect x=(round(x)) y=(round(y)) width=(round(width)) height=(round((bottom - y).max(0.0))) {} }
    };
    let plot = html! {
        g class="bars" { @for (slot, &height) in heights.iter().enumerate() { (bar(slot, height)) } }
        @if let Some((_, values)) = line {
            g class=(Mark(1).class()) {
                @for (slot, &value) in values.iter().enumerate() { (Mark(1).at(frame.x(slot as f64), frame.y(value))) }
            }
        }
    };
    let legend = html! {
        @if let Some((name, _)) = line {
            ul class="legend" {
                li {
                    svg class="bars" viewBox="0 0 30 14" aria-hidden="true" {
                        rect x="4" y="1" width="22" height="13" {}
                    }
                    span { "model" }
                }
                li class=(Mark(1).class()) {
                    svg viewBox="0 0 30 14" aria-hidden="true" { (Mark(1).at(15.0, 7.0)) }
                    span { (name) }
                }
            }
        }
    };
    frame.figure(caption, plot, legend)
}
