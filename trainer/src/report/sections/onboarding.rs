//! The section on replayed signups.

use super::format::{count, number};
use super::parts::{cell, scrolling};
use super::phrases::Phrases;
use crate::data::Feedback;
use crate::measure::onboarding::Row;
use crate::report::gather::Report;
use crate::report::onboarding::Onboarding;
use maud::{Markup, html};

/// Write a table per metric, with a row per strategy.
pub fn onboarding(report: &Report, phrases: &Phrases, onboarding: &Onboarding) -> Markup {
    html! {
        p {
            "Signups replayed with " (count(onboarding.tasks)) " people (" (onboarding.name) "): so many items are "
            "shown, those are answered that the person has " (phrases.participle)
            ", and predictions are judged on other " (phrases.noun) " of theirs. The rule in use is marked. Small "
            "differences between rules may be chance."
        }
        (shown(onboarding, "Items answered", false, 1, &|row| Some(row.answered)))
        (shown(onboarding, "MAE", true, 4, &|row| row.mae))
        @if report.feedback() == Feedback::Ratings {
            (shown(onboarding, "nDCG@10 of the query’s items", false, 4, &|row| Some(row.ndcg10)))
        }
        (shown(onboarding, "nDCG@10 where the whole catalogue competes", false, 4, &|row| row.catalogue_ndcg10))
    }
}

/// Write the table of one metric; nothing if no row has it.
fn shown(
    onboarding: &Onboarding,
    title: &str,
    lower: bool,
    digits: usize,
    value: &dyn Fn(&Row) -> Option<f64>,
) -> Markup {
    let rows = &onboarding.rows;
    if rows.iter().all(|row| value(row).is_none()) {
        return html! {};
    }
    // Before any item is shown all strategies are equal, and none is marked.
    let best = |shown: usize| {
        let values = rows.iter().filter(|row| row.shown == shown && shown > 0).filter_map(value);
        if lower { values.fold(f64::INFINITY, f64::min) } else { values.fold(f64::NEG_INFINITY, f64::max) }
    };
    let same = |a: &Row, b: &Row| a.strategy == b.strategy;
    let value = |row: &Row| {
        let text = value(row).map(|value| number(value, digits)).unwrap_or_default();
        let is_best = text == number(best(row.shown), digits);
        cell(&text, is_best)
    };
    let table = html! {
        caption { strong { (title) } @if lower { ", less is better" } }
        thead {
            tr {
                th scope="col" { "items shown:" }
                @for row in rows.chunk_by(same).next().unwrap_or_default() { th scope="col" { (row.shown) } }
            }
        }
        tbody {
            @for rows in rows.chunk_by(same) {
                tr class=[(rows[0].strategy == onboarding.in_use).then_some("own")] {
                    th scope="row" { (rows[0].strategy) }
                    @for row in rows { (value(row)) }
                }
            }
        }
    };
    scrolling(title, table)
}
