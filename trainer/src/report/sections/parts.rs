//! Parts that several sections share.

use super::format::count;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use maud::{Markup, html};

/// Write a table that scrolls if it is wider than the page.
pub fn scrolling(label: &str, table: Markup) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(format!("Table: {label}")) { table { (table) } }
    }
}

/// Write a cell; the best of a column is marked, also for screen readers.
pub fn cell(text: &str, is_best: bool) -> Markup {
    html! {
        @if is_best { td class="best" { (text) span class="hidden" { " (best)" } } } @else { td { (text) } }
    }
}

/// Write the name of a set of tasks, if there are several.
pub fn heading(report: &Report, measurement: &Measurement) -> Markup {
    html! {
        @if report.measurements.len() > 1 { h3 { (measurement.name) " " span { (count(measurement.tasks)) " tasks" } } }
    }
}

/// Return a chart's title, with the name of the tasks if there are several sets.
pub fn named(report: &Report, title: &str, measurement: &Measurement) -> String {
    if report.measurements.len() == 1 { title.to_owned() } else { format!("{title}: {}", measurement.name) }
}
