//! The section on recommended items.

use super::format::{count, percent};
use super::parts::{heading, scrolling};
use super::phrases::Phrases;
use crate::measure::evaluate::MODEL;
use crate::report::gather::Report;
use crate::report::measurement::FEW_ANSWERS;
use crate::report::measurement::Measurement;
use crate::report::recommended::{Popular, TOP};
use maud::{Markup, html};

/// Write coverage and popularity of recommended items.
pub fn recommended(report: &Report, phrases: &Phrases) -> Markup {
    html! {
        p {
            "The first " (TOP) " recommendations after " (FEW_ANSWERS) " answers, of everybody measured on, together: more "
            "people see more of the catalogue. The more of the catalogue is recommended, and the less of that is "
            "popular already, the more visitors discover. What is new has no " (phrases.noun) " in training: it is known by its "
            "fields alone. The last row shows the " (phrases.noun) " in training."
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            (scrolling("what is recommended", coverage(report, phrases, measurement)))
        }
    }
}

fn coverage(report: &Report, phrases: &Phrases, measurement: &Measurement) -> Markup {
    let learned = report.data.learned[1];
    let columns =
        ["different items", "of the catalogue", "from the most popular 1 %", "from the most popular 10 %", "new"];
    html! {
        thead { tr { td {} @for column in columns { th scope="col" { (column) } } } }
        tbody {
            @for recommended in &measurement.recommended {
                tr class=[(recommended.contender == MODEL).then_some("own")] {
                    th scope="row" { (recommended.contender) }
                    td { (count(recommended.items)) }
                    td { (percent(recommended.coverage)) }
                    (popular(&recommended.popular))
                    td { (percent(recommended.new)) }
                }
            }
            tr {
                th scope="row" { "all " (phrases.noun) " in training" }
                td { (count(learned)) }
                td { (percent(learned as f64 / report.data.items.max(1) as f64)) }
                (popular(&report.data.popular))
                td { (percent(0.0)) }
            }
        }
    }
}

fn popular(popular: &Popular) -> Markup {
    html! { td { (percent(popular.most_popular_1_percent)) } td { (percent(popular.most_popular_10_percent)) } }
}
