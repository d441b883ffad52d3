//! The report as a page of sections.

mod beside;
mod card;
mod comparison;
mod curves;
mod data;
mod evidence;
mod fairness;
mod figures;
mod format;
mod next;
mod onboarding;
mod opening;
mod parts;
mod phrases;
mod quality;
mod recommended;

use crate::page::document;
use crate::report::gather::Report;
use maud::{Markup, html};
use phrases::Phrases;

/// A section of the page.
struct Section {
    id: &'static str,
    title: String,
    body: Markup,
}

/// Return the page; `json` is the name of the file with all numbers beside it.
pub fn page(report: &Report, json: &str) -> Markup {
    let title = format!("How well it knows a visitor: {}", report.data.name);
    let phrases = Phrases::of(report.feedback());
    let sections = sections(report, &phrases);
    let body = html! {
        header {
            (opening::opening(report, &phrases))
            nav aria-label="Contents" {
                ol {
                    @for Section { id, title, .. } in &sections { li { a href=(format!("#{id}")) { (title) } } }
                }
            }
        }
        main {
            @for section in &sections {
                section id=(section.id) aria-labelledby=(format!("{}-title", section.id)) {
                    h2 id=(format!("{}-title", section.id)) { (section.title) }
                    (section.body)
                }
            }
        }
        footer {
            p {
                "All numbers are in " a href=(json) { (json) } ". Made by fewclicks trainer "
                (report.version) " on " (report.date) "."
            }
        }
    };
    document(&title, &body)
}

fn sections(report: &Report, phrases: &Phrases) -> Vec<Section> {
    let section = |id, title: &str, body| Section { id, title: title.into(), body };
    let mut sections = vec![
        section("next", "What to do next", next::next(report)),
        section("data", "The data", data::data(report, phrases)),
        section("training", "Training", data::training(report)),
        section("comparison", "Against simple methods", comparison::tables(report, phrases)),
        section("adaptation", "Does adaptation help?", curves::curves(report)),
    ];
    if let Some(beside) = &report.beside {
        sections.push(section("beside", beside::title(&report.model, beside), beside::beside(report, beside)));
    }
    sections.push(section("asking", "What it asks", evidence::evidence(report, phrases)));
    if let Some(onboarding) = &report.onboarding {
        sections.push(section(
            "onboarding",
            "What asking is worth",
            onboarding::onboarding(report, phrases, onboarding),
        ));
    }
    sections.extend([
        section(
            "trust",
            phrases.quality_title,
            html! {
                (quality::quality(report, phrases))
                (fairness::fairness(report))
            },
        ),
        section("recommended", "What it recommends", recommended::recommended(report, phrases)),
        section("card", "Model card", card::card(report)),
    ]);
    sections
}
