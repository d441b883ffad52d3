//! Everybody side by side: tables, curves, and a second run.

use super::super::card::Card;
use super::super::chart::{Axis, Frame, Mark, Series, Texts, lines};
use super::super::contenders::Role;
use super::super::gather::Report;
use super::super::measurement::{Curve, FEW, Measurement};
use super::figures::{Figure, Figures};
use super::words::{answers, count, difference, number, seconds, tick};
use crate::evaluate::{MODEL, Measured};
use crate::preset::MethodKind;
use maud::{Markup, html};

/// Metrics that stand open; the others fold away.
const OPEN: usize = 3;

/// Baselines drawn as curves.
const DRAWN: usize = 2;

/// All contenders at every number of answers.
pub fn tables(report: &Report) -> Markup {
    let picks = report.model.preset.learns_picks();
    let median = report
        .measurements
        .iter()
        .any(|m| m.curves.iter().any(|curve| curve.contender.contains("read out at the mean")));
    html! {
        p {
            "Every method learned from the same training data and saw the same answers, 0 to 10 of them or all there are. "
            @if picks { "The whole catalogue competes. More is better. " }
            @else { "MAE and RMSE are errors: less is better. nDCG judges the order: more is better, 1 is perfect. " }
            "The best of a column is marked."
        }
        @if median {
            p class="note" {
                "The model is read out at the median, where the absolute error is least. The simple methods predict means, so "
                "the fair comparison with them is the row " em { "read out at the mean" } ": both are shown. "
                "The read-out changes no order, so nDCG stays the same, and it makes RMSE worse, as that is least at the mean."
            }
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            @let all = Figures::of(&measurement.measured);
            @for (i, figures) in all.iter().take(OPEN).enumerate() { (table(report, figures, (i == 0).then_some(measurement))) }
            @if all.len() > OPEN {
                details {
                    summary { "More: " @for (i, figures) in all.iter().skip(OPEN).enumerate() { @if i > 0 { ", " } (figures.metric) } }
                    @for figures in all.iter().skip(OPEN) { (table(report, figures, None)) }
                }
            }
        }
    }
}

/// Which tasks, where there are several sets of them.
pub fn heading(report: &Report, measurement: &Measurement) -> Markup {
    html! {
        @if report.measurements.len() > 1 { h3 { (measurement.name) " " span { (count(measurement.tasks)) " tasks" } } }
    }
}

fn table(report: &Report, figures: &Figures, gains: Option<&Measurement>) -> Markup {
    let columns = figures.answers();
    let is_best = |value: f64, answers| number(value, 4) == number(figures.best(answers), 4);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(format!("Table: {}", figures.metric)) {
            table {
                caption { strong { (figures.metric) } " " (figures.about) @if figures.lower { ", less is better" } }
                thead { tr { th scope="col" { "after answers:" } @for column in &columns { th scope="col" { (answers(*column)) } } } }
                tbody {
                    @for contender in figures.contenders() {
                        tr class=[is_model(report, contender).then_some("own")] {
                            th scope="row" { (contender) }
                            @for column in &columns {
                                @if let Some(value) = figures.value(contender, *column) {
                                    @if is_best(value, *column) { td class="best" { (number(value, 4)) span class="hidden" { " (best)" } } }
                                    @else { td { (number(value, 4)) } }
                                }
                            }
                        }
                    }
                }
                @if let Some(measurement) = gains { (gain_rows(measurement)) }
            }
        }
    }
}

fn is_model(report: &Report, contender: &str) -> bool {
    let measured = report.measurements.iter().flat_map(|measurement| &measurement.curves);
    measured.filter(|curve| curve.role == Role::Model).any(|curve| curve.contender == contender)
}

/// How much better the models are than the best baseline of each column, with standard errors.
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

/// The metric that counts most against the number of answers.
pub fn curves(report: &Report) -> Markup {
    html! {
        p {
            "The dashed line is the model as it is before any answer, had it not adapted. What lies between that line and the model’s is what adaptation is worth."
        }
        div class="charts" {
            @for measurement in &report.measurements { (curve_chart(report, measurement)) }
        }
    }
}

fn curve_chart(report: &Report, measurement: &Measurement) -> Markup {
    let (metric, better) = match &measurement.measured {
        Measured::Ratings(_) => ("MAE", "less is better"),
        Measured::Picks(_) => ("nDCG@10", "more is better"),
    };
    let drawn = drawn(measurement);
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
    let title = match report.measurements.len() {
        1 => format!("{metric} by number of answers"),
        _ => format!("{metric} by number of answers: {}", measurement.name),
    };
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
    lines(&frame, &Texts { title: &title, description: described(&drawn) }, &series)
}

/// The models, the model before any answer, and the baselines that are best after a few.
fn drawn(measurement: &Measurement) -> Vec<&Curve> {
    let figures = Figures::of(&measurement.measured).swap_remove(0);
    let few = |curve: &Curve| figures.value(&curve.contender, Some(FEW)).unwrap_or(f64::NAN);
    let of = |role: Role| measurement.curves.iter().filter(move |curve| curve.role == role);
    let mut baselines: Vec<&Curve> = of(Role::Baseline).collect();
    baselines.sort_by(|a, b| few(a).total_cmp(&few(b)));
    if !figures.lower {
        baselines.reverse();
    }
    // The model itself first, and what it was before any answer.
    let (mut own, read_out): (Vec<&Curve>, Vec<&Curve>) =
        of(Role::Model).partition(|curve| curve.contender == MODEL || curve.unadapted);
    own.extend(read_out);
    // On new items some of the methods are the same.
    let alike = |a: f64, b: f64| number(a, 4) == number(b, 4);
    baselines.dedup_by(|a, b| a.points.iter().zip(&b.points).all(|(a, b)| alike(a.1, b.1)));
    own.into_iter().chain(of(Role::Beside)).chain(baselines.into_iter().take(DRAWN)).collect()
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

/// What a comparison of two runs is about.
pub fn beside_title(model: &Card, beside: &Card) -> &'static str {
    match model.preset.local.method == beside.preset.local.method {
        true => "Two presets",
        false => "Gradient or closed form?",
    }
}

/// Two runs side by side.
pub fn beside(report: &Report, beside: &Card) -> Markup {
    let cards = [&report.model, beside];
    let row = |name: &str, value: &dyn Fn(&Card) -> String| {
        html! {
            tr { th scope="row" { (name) } @for card in cards { td class="words" { (value(card)) } } }
        }
    };
    html! {
        p { "A second model, trained on the same data, whose figures stand in the tables above as well." }
        div class="scroll" tabindex="0" role="region" aria-label="Table: two runs" {
            table {
                thead { tr { td {} @for card in cards { th scope="col" class="words" { (card.preset.name) } } } }
                tbody {
                    (row("About", &|card| card.preset.about.clone()))
                    (row("Local update", &|card| local_update(card)))
                    (row("Numbers it can move", &|card| count(card.adapted)))
                    (row("Numbers learned", &|card| count(card.parameters)))
                    (row("Training", &|card| seconds(card.training_seconds)))
                    @for measurement in &report.measurements { (beside_figures(report, measurement)) }
                }
            }
        }
    }
}

/// How a model adapts.
pub fn local_update(card: &Card) -> String {
    match (card.preset.local.method, card.preset.local.steps) {
        (MethodKind::Ridge, _) => "in closed form (ridge)".into(),
        (MethodKind::Gradient, 1) => "one gradient step".into(),
        (MethodKind::Gradient, steps) => format!("{steps} gradient steps"),
    }
}

fn beside_figures(report: &Report, measurement: &Measurement) -> Markup {
    let figures = Figures::of(&measurement.measured).swap_remove(0);
    // The first of each is the one that is not read out at the median: like is compared with like.
    let first = |role: Role| measurement.curves.iter().find(|curve| curve.role == role);
    let names =
        [first(Role::Model), first(Role::Beside)].map(|curve| curve.map_or("", |curve| curve.contender.as_str()));
    let at_the_mean = if names.iter().any(|name| name.ends_with("at the mean")) { " at the mean" } else { "" };
    let value =
        |name: &str, at: &Figure| figures.value(name, at.answers).map_or_else(String::new, |value| number(value, 4));
    html! {
        @for at in figures.rows.iter().filter(|figure| figure.contender == names[0]) {
            tr {
                th scope="row" { (figures.metric) (at_the_mean) @if report.measurements.len() > 1 { ", " (measurement.name) } ", after " (answers(at.answers)) }
                @for name in names { td class="words" { (value(name, at)) } }
            }
        }
    }
}
