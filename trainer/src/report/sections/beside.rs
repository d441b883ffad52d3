//! The section that compares two runs.

use super::figures::{Figure, Figures};
use super::format::{answers, count, number, seconds};
use super::parts::scrolling;
use crate::measure::contender::Role;
use crate::report::card::Card;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use fewclicks_model::adapt::{Gradient, LocalUpdate, Softmax};
use maud::{Markup, html};
use std::mem::discriminant;

/// Return the section's title.
pub fn title(model: &Card, beside: &Card) -> &'static str {
    match discriminant(&model.preset.local.update) == discriminant(&beside.preset.local.update) {
        true => "Two presets",
        false => "Gradient or closed form?",
    }
}

/// Write the table of both runs.
pub fn beside(report: &Report, beside: &Card) -> Markup {
    let cards = [&report.model, beside];
    let row = |name: &str, value: &dyn Fn(&Card) -> String| {
        html! {
            tr { th scope="row" { (name) } @for card in cards { td class="words" { (value(card)) } } }
        }
    };
    let table = html! {
        thead { tr { td {} @for card in cards { th scope="col" class="words" { (card.preset.name) } } } }
        tbody {
            (row("About", &|card| card.preset.about.clone()))
            (row("Local update", &|card| local_update(card)))
            (row("Numbers it can move", &|card| count(card.adapted)))
            (row("Numbers learned", &|card| count(card.parameters)))
            (row("Training", &|card| seconds(card.training_seconds)))
            @for measurement in &report.measurements { (figures(report, measurement)) }
        }
    };
    html! {
        p { "A second model, trained on the same data, whose figures stand in the tables above as well." }
        (scrolling("two runs", table))
    }
}

/// Return how a model adapts, in words.
pub fn local_update(card: &Card) -> String {
    match card.preset.local.update {
        LocalUpdate::Ridge => "in closed form (ridge)".into(),
        LocalUpdate::Gradient(Gradient { steps: 1, .. }) | LocalUpdate::Softmax(Softmax { steps: 1, .. }) => {
            "one gradient step".into()
        }
        LocalUpdate::Gradient(Gradient { steps, .. }) | LocalUpdate::Softmax(Softmax { steps, .. }) => {
            format!("{steps} gradient steps")
        }
    }
}

fn figures(report: &Report, measurement: &Measurement) -> Markup {
    let figures = Figures::of(&measurement.measured, report.feedback(), false).swap_remove(0);
    let first = |role: Role| measurement.curves.iter().find(|curve| curve.role == role);
    let names =
        [first(Role::Model), first(Role::Beside)].map(|curve| curve.map_or("", |curve| curve.contender.as_str()));
    let value =
        |name: &str, at: &Figure| figures.value(name, at.answers).map_or_else(String::new, |value| number(value, 4));
    html! {
        @for at in figures.rows.iter().filter(|figure| figure.contender == names[0]) {
            tr {
                th scope="row" {
                    (figures.metric.title())
                    @if report.measurements.len() > 1 { ", " (measurement.name) }
                    ", after " (answers(at.answers))
                }
                @for name in names { td class="words" { (value(name, at)) } }
            }
        }
    }
}
