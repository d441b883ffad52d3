//! Parts that many sections are made of.

use super::format::count;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use maud::{Markup, html};

/// A table in a box of its own, which scrolls where it is too wide for the page.
pub fn scrolling(label: &str, table: Markup) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(format!("Table: {label}")) { table { (table) } }
    }
}

/// A number in a table; the best of a column is marked, in words too.
pub fn cell(text: &str, is_best: bool) -> Markup {
    html! {
        @if is_best { td class="best" { (text) span class="hidden" { " (best)" } } } @else { td { (text) } }
    }
}

/// Which tasks, where there are several sets of them.
pub fn heading(report: &Report, measurement: &Measurement) -> Markup {
    html! {
        @if report.measurements.len() > 1 { h3 { (measurement.name) " " span { (count(measurement.tasks)) " tasks" } } }
    }
}

/// A chart's title, with the tasks where there are several sets of them.
pub fn named(report: &Report, title: &str, measurement: &Measurement) -> String {
    if report.measurements.len() == 1 { title.to_owned() } else { format!("{title}: {}", measurement.name) }
}
