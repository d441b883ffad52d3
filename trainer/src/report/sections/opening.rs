//! The head of the report: title and main results.

use super::figures::Figures;
use super::format::{count, number, seconds};
use super::phrases::Phrases;
use crate::data::Feedback;
use crate::measure::estimate::Verdict;
use crate::measure::evaluate::MODEL;
use crate::measure::metric::Metric;
use crate::report::gather::Report;
use crate::report::measurement::{FEW_ANSWERS, Gain, Measurement, main_metric};
use crate::report::quality::Quality;
use crate::report::recommended::{ITEM_MEAN, POPULARITY};
use crate::report::task_set::HELD_OUT;
use maud::{Markup, html};

/// Write title, notice and main results.
pub fn opening(report: &Report, phrases: &Phrases) -> Markup {
    html! {
        p class="kind" { "Report on a fewclicks model" }
        h1 { "How well it knows a visitor " span class="name" { (report.data.name) } }
        @if !report.data.notice.is_empty() { p class="notice" { (report.data.notice) } }
        p class="lead" { (summary(report, phrases)) }
        @if let Some(measurement) = report.measurements.first() {
            @match report.feedback() {
                Feedback::Ratings => { (ratings(report, measurement)) }
                Feedback::Picks => { (picks(report, measurement)) }
            }
        }
    }
}

fn summary(report: &Report, phrases: &Phrases) -> Markup {
    let [users, _, learned] = report.data.learned;
    html! {
        "From a few answers, given in the browser and kept there, this model "
        (phrases.prediction)
        (count(report.data.items)) " items. It was trained once, in " (seconds(report.model.training_seconds))
        ", on " (count(learned)) " " (phrases.noun) " by " (count(users)) " people."
        @for measurement in report.measurements.iter().take(1) {
            " What follows was measured on "
            @if measurement.name == HELD_OUT { (count(measurement.tasks)) " people whom it had not met, of whom it knew nothing but their answers." }
            @else { (count(measurement.tasks)) " tasks: " (measurement.name) "." }
        }
    }
}

/// Return the unit of ratings.
fn unit(report: &Report) -> String {
    match (report.data.min, report.data.max) {
        (1.0, 5.0) => "stars".into(),
        (min, max) => format!("points on the scale from {min} to {max}"),
    }
}

fn ratings(report: &Report, measurement: &Measurement) -> Markup {
    let all = Figures::of(&measurement.measured, report.feedback(), false);
    let error = |contender: &str, answers| all[0].value(contender, Some(answers)).unwrap_or(f64::NAN);
    let list = all.iter().find(|figures| figures.metric == Metric::ListNdcg10);
    let hits = |contender: &str| list.and_then(|figures| figures.value(contender, Some(FEW_ANSWERS)));
    let unit = unit(report);
    let best = lead(measurement, MODEL).map(|lead| (lead.baseline.as_str(), error(&lead.baseline, FEW_ANSWERS)));
    html! {
        div class="tiles" {
            (tile(&number(error(MODEL, FEW_ANSWERS), 2), &format!("{unit} off on average, after {FEW_ANSWERS} answers")))
            @if let Some((name, error)) = best {
                (tile(&number(error, 2), &format!("{unit} off: the best simple method, {name}")))
            }
            (tile(&number(error(ITEM_MEAN, FEW_ANSWERS), 2), &format!("{unit} off, if every item’s average were predicted")))
            (tile(&seconds(report.model.training_seconds), "of training"))
        }
        p {
            "After " (FEW_ANSWERS) " answers its predictions are off by " strong { (number(error(MODEL, FEW_ANSWERS), 3)) " " (unit) }
            " on average, before any answer by " (number(error(MODEL, 0), 3))
            ". Predicting every item’s average is off by " (number(error(ITEM_MEAN, FEW_ANSWERS), 3))
            @if let Some((name, error)) = best {
                ", the best simple method (" (name) ") by " (number(error, 3)) ". " (verdict(report, measurement, MODEL))
            }
        }
        @if let Some((model, popular)) = hits(MODEL).zip(hits(POPULARITY)) {
            p {
                "The list it recommends after " (FEW_ANSWERS) " answers has nDCG@10 " strong { (number(model, 3)) }
                " for what the person is known to like, the most popular items " (number(popular, 3)) "."
            }
        }
    }
}

fn picks(report: &Report, measurement: &Measurement) -> Markup {
    let Quality::HitsByPlace(hits) = &measurement.quality else { return html! {} };
    let of = |name: &str| {
        hits.iter().find(|hits| hits.contender == name).map(|hits| hits.share.iter().take(10).sum::<f64>())
    };
    let (model, popular) = (of(MODEL).unwrap_or(f64::NAN), of(POPULARITY).unwrap_or(f64::NAN));
    let best = lead(measurement, MODEL).and_then(|lead| Some((lead.baseline.as_str(), of(&lead.baseline)?)));
    html! {
        div class="tiles" {
            (tile(&number(model, 1), &format!("of its first 10 recommendations are picked, after {FEW_ANSWERS} picks")))
            @if let Some((name, hits)) = best {
                (tile(&number(hits, 1), &format!("of 10: the best simple method, {name}")))
            }
            (tile(&number(popular, 1), "of 10, if the most popular items were shown to everybody"))
            (tile(&seconds(report.model.training_seconds), "of training"))
        }
        p {
            "After " (FEW_ANSWERS) " picks, " strong { (number(model, 1)) " of its first 10 recommendations" }
            " on average are items that the person did pick, though the model was not told. Showing everybody the most "
            "popular items finds " (number(popular, 1)) @if let Some((name, hits)) = best {
                ", the best simple method (" (name) ") " (number(hits, 1)) ". " (verdict(report, measurement, MODEL))
            }
        }
    }
}

fn tile(value: &str, about: &str) -> Markup {
    html! { div { strong { (value) } span { (about) } } }
}

/// Return the gain of a contender over the best baseline after [`FEW_ANSWERS`] answers.
fn lead<'a>(measurement: &'a Measurement, contender: &str) -> Option<&'a Gain> {
    measurement.gains.iter().find(|gain| gain.contender == contender && gain.answers == Some(FEW_ANSWERS))
}

/// Write whether a gain is larger than chance explains: more than two standard errors.
fn verdict(report: &Report, measurement: &Measurement, contender: &str) -> Markup {
    let Some((lead, error)) = lead(measurement, contender).and_then(|lead| Some((lead, lead.standard_error?))) else {
        return html! {};
    };
    let metric = main_metric(report.feedback()).title();
    let size = html! { (number(lead.gain.abs(), 3)) " of " (metric) " (standard error " (number(error, 3)) ")" };
    html! {
        @match lead.verdict {
            Verdict::Better => { "The model is better by " (size) ", more than chance would explain." }
            Verdict::Worse => { strong { "The model is worse" } " by " (size) ": prefer the simple method here." }
            Verdict::NoDifferent => { "The two are no different: " (size) " is within what chance explains." }
        }
    }
}
