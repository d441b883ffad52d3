//! Scatter charts, in which some points have labels.

use super::frame::{Caption, Frame, round};
use super::labels::labels;
use super::mark::Mark;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A point with a name.
pub struct Named {
    pub x: f64,
    pub y: f64,
    pub name: String,
}

/// The contents of a scatter chart.
pub struct Scatter {
    pub cloud: Vec<(f64, f64)>,
    pub named: Vec<Named>,
    /// A line across the plot; may be empty.
    pub line: Vec<(f64, f64)>,
}

/// Maximum length of a label, in letters.
const MAX_LABEL: usize = 30;

/// Draw a scatter chart.
pub fn scatter(frame: &Frame, caption: &Caption, scatter: &Scatter) -> Markup {
    let places: Vec<(f64, f64)> = scatter.named.iter().map(|point| (frame.x(point.x), frame.y(point.y))).collect();
    let names: Vec<String> = scatter.named.iter().map(|point| shortened(&point.name)).collect();
    let labels = labels(frame, &places, &names.iter().map(|name| name.chars().count()).collect::<Vec<_>>());
    let plot = html! {
        path class="cloud" d=(cloud(frame, &scatter.cloud)) {}
        @if !scatter.line.is_empty() { path class="border" d=(polyline(frame, &scatter.line)) {} }
        g class=(Mark(0).class()) {
            @for (&place, label) in places.iter().zip(&labels) {
                @if label.far {
                    @let [x, y, to_x, to_y] = label.leader(place);
                    path class="leader" d=(format!("M{x:.1} {y:.1}L{to_x:.1} {to_y:.1}")) {}
                }
                (Mark(0).at(place.0, place.1))
            }
            @for (label, name) in labels.iter().zip(&names) {
                @let anchor = if label.left { "end" } else { "start" };
                text class="name" x=(round(label.x)) y=(round(label.y)) text-anchor=(anchor) { (name) }
            }
        }
    };
    frame.figure(caption, plot, html! {})
}

/// Draw all points as one path of dots, without duplicates: thousands of elements would be slow to show.
fn cloud(frame: &Frame, points: &[(f64, f64)]) -> String {
    let places: BTreeSet<(i64, i64)> =
        points.iter().map(|&(x, y)| ((frame.x(x) * 2.0).round() as i64, (frame.y(y) * 2.0).round() as i64)).collect();
    places.iter().fold(String::new(), |mut path, &(x, y)| {
        let _ = write!(path, "M{} {}h0", x as f64 / 2.0, y as f64 / 2.0);
        path
    })
}

fn polyline(frame: &Frame, points: &[(f64, f64)]) -> String {
    points.iter().enumerate().fold(String::new(), |mut path, (i, &(x, y))| {
        let _ = write!(path, "{}{:.1} {:.1}", if i == 0 { "M" } else { "L" }, frame.x(x), frame.y(y));
        path
    })
}

fn shortened(name: &str) -> String {
    match name.chars().count() > MAX_LABEL {
        true => name.chars().take(MAX_LABEL - 1).collect::<String>().trim_end().to_owned() + "…",
        false => name.to_owned(),
    }
}
