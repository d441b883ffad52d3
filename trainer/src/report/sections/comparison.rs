//! The tables of all contenders.

use super::figures::{Figure, Figures};
use super::format::{answers, difference, number};
use super::parts::{heading, scrolling};
use super::phrases::Phrases;
use crate::measure::contender::Role;
use crate::measure::rows::Row;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use maud::{Markup, html};

/// Number of metrics that are shown; the others are folded.
const OPEN: usize = 4;

/// Write the tables of all contenders at every number of answers.
pub fn tables(report: &Report, phrases: &Phrases) -> Markup {
    html! {
        p {
            "Every method learned from the same training data and saw the same answers, 0 to 10 of them or all. "
            "Visitors are anonymous: nothing is known of them but their answers. "
            (phrases.metrics)
            "The best of a column is marked. Small figures at the model’s are the half width of the 95 % interval over "
            "people; those of all methods are in the file of numbers."
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            (metrics(report, measurement))
        }
    }
}

fn metrics(report: &Report, measurement: &Measurement) -> Markup {
    let all = Figures::of(&measurement.measured, report.feedback(), false);
    let (open, folded) = all.split_at(OPEN.min(all.len()));
    let names = folded.iter().map(|figures| figures.metric.title()).collect::<Vec<_>>().join(", ");
    let known = Figures::of(&measurement.measured, report.feedback(), true);
    html! {
        @for figures in open { (table(report, figures, measurement, false)) }
        @if known.iter().any(|figures| !figures.rows.is_empty()) {
            details {
                summary { "With the visitors’ fields given" }
                p { "Only methods that use the fields are listed; they are compared with all simple methods." }
                @for figures in known.iter().filter(|figures| !figures.rows.is_empty()) {
                    (table(report, figures, measurement, true))
                }
            }
        }
        @if !folded.is_empty() {
            details {
                summary { "More: " (names) }
                @for figures in folded { (table(report, figures, measurement, false)) }
            }
        }
    }
}

fn table(report: &Report, figures: &Figures, measurement: &Measurement, fields: bool) -> Markup {
    let columns = figures.answers();
    let table = html! {
        caption {
            strong { (figures.metric.title()) } " " (figures.metric.about())
            @if figures.metric.is_error() { ", less is better" }
        }
        thead {
            tr {
                th scope="col" { "after answers:" }
                @for column in &columns { th scope="col" { (answers(*column)) } }
            }
        }
        tbody {
            @for contender in figures.contenders() {
                @let own = is_model(report, contender);
                tr class=[own.then_some("own")] {
                    th scope="row" { (contender) }
                    @for column in &columns { (value(figures, figures.figure(contender, *column), own)) }
                }
            }
        }
        (gain_rows(figures, measurement, fields))
    };
    scrolling(figures.metric.title(), table)
}

/// Write the cell of a figure, of the model's own with half of its interval.
fn value(figures: &Figures, figure: Option<&Figure>, own: bool) -> Markup {
    let Some(figure) = figure else { return html! { td {} } };
    let text = number(figure.value, 4);
    let is_best = text == number(figures.best(figure.answers), 4);
    let width = figure.interval.filter(|_| own).map(|[low, high]| number((high - low) / 2.0, 4));
    html! {
        td class=[is_best.then_some("best")] {
            (text)
            @if is_best { span class="hidden" { " (best)" } }
            @if let Some(width) = width { small { "± " (width) } }
        }
    }
}

fn is_model(report: &Report, contender: &str) -> bool {
    let measured = report.measurements.iter().flat_map(|measurement| &measurement.curves);
    measured.filter(|curve| curve.role == Role::Model).any(|curve| curve.contender == contender)
}

/// Write the rows of the models' differences to the best baseline of each column, with standard errors.
fn gain_rows(figures: &Figures, measurement: &Measurement, fields: bool) -> Markup {
    let name = figures.metric.name();
    let is_model = |row: &&Row| measurement.gains.iter().any(|gain| gain.contender == row.contender);
    let rows: Vec<&Row> = measurement.measured.iter().filter(is_model).filter(|row| row.fields == fields).collect();
    html! {
        tbody class="gains" {
            tr { th scope="rowgroup" colspan="7" { "Difference to the best simple method of the column" } }
            @for rows in rows.chunk_by(|a, b| a.contender == b.contender) {
                tr {
                    th scope="row" { (rows[0].contender) }
                    @for row in rows {
                        td {
                            @if let Some(against) = row.against.get(name) {
                                (difference(against.difference, 4))
                                @if let Some(error) = against.standard_error { small { "± " (number(error, 4)) } }
                                small { (against.verdict.words()) }
                            }
                        }
                    }
                }
            }
        }
        tfoot {
            tr {
                td colspan="7" {
                    "± one standard error of the difference on the same people; better and worse are beyond two of them."
                }
            }
        }
    }
}
