//! The tables of errors by group.

use super::format::{count, number};
use super::parts::{heading, scrolling};
use crate::report::fairness::{BESIDE, Group};
use crate::report::gather::Report;
use maud::{Markup, html};

/// Write the tables; nothing if there are no groups.
pub fn fairness(report: &Report) -> Markup {
    if report.measurements.iter().all(|measurement| measurement.groups.is_empty()) {
        return html! {};
    }
    html! {
        h3 { "Whom and what it serves well" }
        p {
            "RMSE of expected ratings, by how often an item was rated in training, and by the fields of people, which the "
            "model was not told here. A group whose error is larger than others’ is served less well; where the simple "
            "method’s is larger too, that group is harder to predict."
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            @for groups in measurement.groups.chunk_by(|a, b| a.by == b.by) { (table(groups)) }
        }
    }
}

fn table(groups: &[Group]) -> Markup {
    let table = html! {
        thead {
            tr {
                th scope="col" class="words" { (groups[0].by) }
                @for column in ["people", "ratings", "model", "95 %", BESIDE] { th scope="col" { (column) } }
            }
        }
        tbody {
            @for group in groups {
                tr {
                    th scope="row" { (group.value) }
                    td { (count(group.users)) }
                    td { (count(group.ratings)) }
                    td { (number(group.model, 3)) }
                    td { @if let Some([low, high]) = group.interval { (number(low, 3)) " to " (number(high, 3)) } }
                    td { (number(group.beside, 3)) }
                }
            }
        }
    };
    scrolling(&format!("errors by {}", groups[0].by), table)
}
