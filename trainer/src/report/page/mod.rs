//! The report as a page.

mod asking;
mod beside;
mod card;
mod comparison;
mod curves;
mod data;
mod figures;
mod opening;
mod parts;
mod trust;
mod words;

use super::gather::Report;
use super::policy::policy;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The page's style. It stands in the page as it is, since its hash is what lets it in.
pub const STYLE: &str = include_str!("style.css");

/// One part of the page.
struct Section {
    id: &'static str,
    title: String,
    body: Markup,
}

/// The whole page; `json` is the name of the file with all numbers, beside it.
pub fn page(report: &Report, json: &str) -> Markup {
    let title = format!("How well it knows a visitor: {}", report.data.name);
    let sections = sections(report);
    let body = html! {
        header {
            (opening::opening(report))
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

/// A page of its own, in the report's style.
pub fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    }
}

fn sections(report: &Report) -> Vec<Section> {
    let section = |id, title: &str, body| Section { id, title: title.into(), body };
    let mut sections = vec![
        section("data", "The data", data::data(report)),
        section("training", "Training", data::training(report)),
        section("comparison", "Against simple methods", comparison::tables(report)),
        section("adaptation", "Does adaptation help?", curves::curves(report)),
    ];
    if let Some(beside) = &report.beside {
        sections.push(section("beside", beside::title(&report.model, beside), beside::beside(report, beside)));
    }
    sections.push(section("asking", "What it asks", asking::evidence(report)));
    if let Some(onboarding) = &report.onboarding {
        sections.push(section("onboarding", "What asking is worth", asking::onboarding(report, onboarding)));
    }
    sections.extend([
        section("trust", trust::title(report), trust::quality(report)),
        section("recommended", "What it recommends", trust::recommended(report)),
        section("card", "Model card", card::card(report)),
    ]);
    sections
}
