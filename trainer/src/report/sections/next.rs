//! The section on what to do next.

use crate::report::gather::Report;
use maud::{Markup, html};

/// Write the list of advice.
pub fn next(report: &Report) -> Markup {
    html! { ul { @for advice in &report.next { li { (advice) } } } }
}
