//! Line charts with marks and a legend.

use super::frame::{Caption, Frame, round};
use super::mark::Mark;
use maud::{Markup, html};
use std::fmt::Write;

/// A line of a chart.
pub struct Series {
    pub name: String,
    pub mark: Mark,
    pub dashed: bool,
    /// Points, ascending in x.
    pub points: Vec<(f64, f64)>,
}

/// Draw a line chart; the first series is on top.
pub fn lines(frame: &Frame, caption: &Caption, series: &[Series]) -> Markup {
    let plot = html! { @for one in series.iter().rev() { (line(frame, one)) } };
    frame.figure(
        caption,
        plot,
        if series.len() > 1 {
            legend(series)
        } else {
            html! {}
        },
    )
}

fn line(frame: &Frame, series: &Series) -> Markup {
    let places: Vec<(f64, f64)> = series.points.iter().map(|&(x, y)| (round(frame.x(x)), round(frame.y(y)))).collect();
    let path = places.iter().enumerate().fold(String::new(), |mut path, (i, (x, y))| {
        let _ = write!(path, "{}{x} {y}", if i == 0 { "M" } else { "L" });
        path
    });
    html! {
        g class=(series.mark.class()) {
            path class=(line_class(series)) d=(path) {}
            @if !series.dashed {
                @for &(x, y) in &places { (series.mark.at(x, y)) }
            }
        }
    }
}

fn line_class(series: &Series) -> &'static str {
    if series.dashed { "line dashed" } else { "line" }
}

fn legend(series: &[Series]) -> Markup {
    html! {
        ul class="legend" {
            @for one in series {
                li class=(one.mark.class()) {
                    svg viewBox="0 0 30 14" aria-hidden="true" {
                        path class=(line_class(one)) d="M1 7H29" {}
                        @if !one.dashed { (one.mark.at(15.0, 7.0)) }
                    }
                    span { (one.name) }
                }
            }
        }
    }
}
