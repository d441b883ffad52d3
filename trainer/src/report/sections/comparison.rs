//! The tables of all contenders.

use super::figures::Figures;
use super::format::{answers, difference, number};
use super::parts::{cell, heading, scrolling};
use super::phrases::Phrases;
use crate::report::contenders::Role;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use maud::{Markup, html};

/// Number of metrics that are shown; the others are folded.
const OPEN: usize = 3;

/// Write the tables of all contenders at every number of answers.
pub fn tables(report: &Report, phrases: &Phrases) -> Markup {
    let curves = || report.measurements.iter().flat_map(|measurement| &measurement.curves);
    let median = curves().any(|curve| curve.contender.ends_with("read out at the mean"));
    html! {
        p {
            "Every method learned from the same training data and saw the same answers, 0 to 10 of them or all. "
            (phrases.metrics)
            "The best of a column is marked."
        }
        @if median {
            p class="note" {
                "The model is read out at the median, where the absolute error is least. The simple methods predict "
                "means, so the fair comparison with them is the row " em { "read out at the mean" } ": both are shown. "
                "The read-out changes no order, so nDCG stays the same, and it makes RMSE worse, as that is least at "
                "the mean."
            }
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            (metrics(report, measurement))
        }
    }
}

fn metrics(report: &Report, measurement: &Measurement) -> Markup {
    let all = Figures::of(&measurement.measured);
    let (open, folded) = all.split_at(OPEN.min(all.len()));
    let names = folded.iter().map(|figures| figures.metric).collect::<Vec<_>>().join(", ");
    html! {
        @for (i, figures) in open.iter().enumerate() { (table(report, figures, (i == 0).then_some(measurement))) }
        @if !folded.is_empty() {
            details {
                summary { "More: " (names) }
                @for figures in folded { (table(report, figures, None)) }
            }
        }
    }
}

fn table(report: &Report, figures: &Figures, gains: Option<&Measurement>) -> Markup {
    let columns = figures.answers();
    let value = |contender, column| {
        let value = figures.value(contender, column).map(|value| number(value, 4)).unwrap_or_default();
        let is_best = value == number(figures.best(column), 4);
        cell(&value, is_best)
    };
    let table = html! {
        caption { strong { (figures.metric) } " " (figures.about) @if figures.lower { ", less is better" } }
        thead {
            tr {
                th scope="col" { "after answers:" }
                @for column in &columns { th scope="col" { (answers(*column)) } }
            }
        }
        tbody {
            @for contender in figures.contenders() {
                tr class=[is_model(report, contender).then_some("own")] {
                    th scope="row" { (contender) }
                    @for column in &columns { (value(contender, *column)) }
                }
            }
        }
        @if let Some(measurement) = gains { (gain_rows(measurement)) }
    };
    scrolling(figures.metric, table)
}

fn is_model(report: &Report, contender: &str) -> bool {
    let measured = report.measurements.iter().flat_map(|measurement| &measurement.curves);
    measured.filter(|curve| curve.role == Role::Model).any(|curve| curve.contender == contender)
}

/// Write the rows of the models' gains over the best baseline of each column, with standard errors.
fn gain_rows(measurement: &Measurement) -> Markup {
    let mut names: Vec<&str> = measurement.gains.iter().map(|gain| gain.contender.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(*name));
    html! {
        tbody class="gains" {
            tr { th scope="rowgroup" colspan="7" { "Lead over the best simple method of the column" } }
            @for name in names {
                tr {
                    th scope="row" { (name) }
                    @for gain in measurement.gains.iter().filter(|gain| gain.contender == name) {
                        td {
                            (difference(gain.gain, 4))
                            @if let Some(error) = gain.standard_error { small { "± " (number(error, 4)) } }
                        }
                    }
                }
            }
        }
        tfoot { tr { td colspan="7" { "± one standard error of the difference on the same tasks." } } }
    }
}
