//! The model card.

use super::beside::local_update;
use super::format::{bytes, count, seconds};
use crate::report::card::Card;
use crate::report::gather::Report;
use maud::{Markup, html};

/// Bytes of a parameter in a bundle of the default precision.
const STORED: usize = 2;

/// Write the card: facts, intended use, and limits.
pub fn card(report: &Report) -> Markup {
    let card = &report.model;
    let row = |name: &str, value: Markup| html! { div { dt { (name) } dd { (value) } } };
    let notice = Some(report.data.notice.as_str()).filter(|notice| !notice.is_empty());
    html! {
        dl class="card" {
            (row("Data", html! { (report.data.name) @if let Some(notice) = notice { ". " (notice) } }))
            (row("Preset", html! { code { (card.preset.name()) } ": " (card.preset.about()) }))
            (row("Seed", html! { (card.seed) }))
            (row("Local update", html! { (local_update(card)) ", of " (count(card.adapted)) " numbers at most" }))
            (row("Size", size(card)))
            (row("Training", html! { (card.training.len()) " epochs, " (seconds(card.training_seconds)) }))
            (row("Versions", html! { "fewclicks trainer " (report.version) ", bundle format " (report.bundle_format) }))
            (row("Report of", html! { (report.date) }))
            (row("Intended use", html! { (INTENDED_USE) }))
            (row("Licence", html! { "The trainer’s code: " (env!("CARGO_PKG_LICENSE")) ". " (LICENCE) }))
        }
        h3 { "Limits" }
        ul { @for limit in LIMITS { li { (limit) } } }
        (config(card))
        @if let Some(beside) = &report.beside { (config(beside)) }
    }
}

const INTENDED_USE: &str = "First recommendations for a new visitor of the site whose data it was trained on, computed \
     in their browser. Not for decisions about people, and not for any other catalogue.";

const LICENCE: &str = "This says nothing of the data, nor of a model trained on it: their terms are those of the data.";

const LIMITS: [&str; 6] = [
    "All figures are offline: they say how well the past is predicted, not what visitors make of being shown something \
     else.",
    "People rate and pick what they were shown and what is popular. The model learns this too, and offline figures \
     reward it.",
    "The answers that it was given here are a part of what each person happened to say. Answers to the questions it \
     asks are other ones.",
    "An item with few or no ratings in training is known by its feature fields alone, and predicted less well.",
    "Groups of people are compared only by the fields that the data has: the model may serve others better or worse.",
    "It is measured with one seed. Another one moves the figures a little.",
];

fn size(card: &Card) -> Markup {
    html! {
        (count(card.parameters)) " numbers learned; " (count(card.shipped)) " shipped, about "
        (bytes(card.shipped * STORED)) " as 16-bit floats"
    }
}

fn config(card: &Card) -> Markup {
    let text = toml::to_string(&card.preset).unwrap_or_default();
    html! {
        details {
            summary { "Configuration of preset " code { (card.preset.name()) } }
            pre tabindex="0" { (text) }
        }
    }
}
