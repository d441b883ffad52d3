//! The section on adaptation: the main metric by the number of answers.

use super::figures::Figures;
use super::format::{number, tick};
use super::parts::named;
use crate::chart::{Axis, Caption, Frame, Mark, Series, lines};
use crate::measure::contender::Role;
use crate::measure::evaluate::MODEL;
use crate::report::gather::Report;
use crate::report::measurement::{Curve, FEW_ANSWERS, Measurement, main_metric};
use maud::{Markup, html};

/// Number of baselines that are drawn.
const DRAWN: usize = 2;

/// Draw a chart for each set of tasks.
pub fn curves(report: &Report) -> Markup {
    html! {
        p {
            "The dashed line is the model as it is before any answer, had it not adapted. "
            "The distance between that line and the model’s is the gain from adaptation."
        }
        div class="charts" {
            @for measurement in &report.measurements { (curve_chart(report, measurement)) }
        }
    }
}

fn curve_chart(report: &Report, measurement: &Measurement) -> Markup {
    let metric = main_metric(report.feedback());
    let (metric, better) = (metric.title(), if metric.is_error() { "less is better" } else { "more is better" });
    let drawn = drawn(report, measurement);
    let values = || drawn.iter().flat_map(|curve| &curve.points).map(|&(_, value)| value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let along: Vec<usize> =
        measurement.curves.first().map(|curve| curve.points.iter().map(|&(n, _)| n).collect()).unwrap_or_default();
    let frame = Frame {
        width: 480.0,
        height: 360.0,
        x: Axis::logarithmic("answers", &along),
        y: Axis::linear(format!("{metric}, {better}"), low, high, tick),
    };
    let title = named(report, &format!("{metric} by number of answers"), measurement);
    let mut marks = 0;
    let mut mark = |curve: &Curve| match curve.contender == MODEL || curve.unadapted {
        true => Mark(0),
        false => {
            marks += 1;
            Mark(marks)
        }
    };
    let series: Vec<Series> = (drawn.iter())
        .map(|curve| Series {
            name: curve.contender.clone(),
            mark: mark(curve),
            dashed: curve.unadapted,
            points: curve.points.iter().map(|&(n, value)| (n as f64, value)).collect(),
        })
        .collect();
    lines(&frame, &Caption { title: &title, description: described(&drawn) }, &series)
}

/// Return the curves of the models, of the model before any answer, and of the best baselines.
fn drawn<'a>(report: &Report, measurement: &'a Measurement) -> Vec<&'a Curve> {
    let figures = Figures::of(&measurement.measured, report.feedback(), false).swap_remove(0);
    let few = |curve: &Curve| figures.value(&curve.contender, Some(FEW_ANSWERS)).unwrap_or(f64::NAN);
    let of = |role: Role| measurement.curves.iter().filter(move |curve| curve.role == role);
    let mut baselines: Vec<&Curve> = of(Role::Baseline).collect();
    baselines.sort_by(|a, b| few(a).total_cmp(&few(b)));
    if !figures.metric.is_error() {
        baselines.reverse();
    }
    // On new items some of the methods are the same.
    let alike = |a: f64, b: f64| number(a, 4) == number(b, 4);
    baselines.dedup_by(|a, b| a.points.iter().zip(&b.points).all(|(a, b)| alike(a.1, b.1)));
    of(Role::Model).chain(of(Role::Beside)).chain(baselines.into_iter().take(DRAWN)).collect()
}

fn described(curves: &[&Curve]) -> String {
    let ends = |curve: &&Curve| {
        let (first, last) = (curve.points.first()?, curve.points.last()?);
        Some(format!(
            "{}: {} after {} answers, {} after {}.",
            curve.contender,
            number(first.1, 3),
            first.0,
            number(last.1, 3),
            last.0
        ))
    };
    curves.iter().filter_map(ends).collect::<Vec<_>>().join(" ")
}
