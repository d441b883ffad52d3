//! The head of the report: title and main results.

use super::figures::Figures;
use super::format::{count, number, seconds};
use super::phrases::Phrases;
use crate::measure::evaluate::{MODEL, Measured};
use crate::report::gather::Report;
use crate::report::measurement::{Gain, Measurement};
use crate::report::quality::Quality;
use crate::report::recommended::SIMPLEST;
use crate::report::setting::FEW_ANSWERS;
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
            @match &measurement.measured {
                Measured::Ratings(_) => { (ratings(report, measurement)) }
                Measured::Picks(_) => { (picks(report, measurement)) }
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
            @if measurement.name == HELD_OUT { (count(measurement.tasks)) " people whom it had not met." }
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
    let figures = Figures::of(&measurement.measured).swap_remove(0);
    let error = |contender: &str, answers| figures.value(contender, Some(answers)).unwrap_or(f64::NAN);
    let average = SIMPLEST[0];
    let unit = unit(report);
    let mean = format!("{MODEL}, read out at the mean");
    let best = lead(measurement, MODEL).map(|lead| (lead.baseline.as_str(), error(&lead.baseline, FEW_ANSWERS)));
    html! {
        div class="tiles" {
            (tile(&number(error(MODEL, FEW_ANSWERS), 2), &format!("{unit} off on average, after {FEW_ANSWERS} answers")))
            @if let Some((name, error)) = best {
                (tile(&number(error, 2), &format!("{unit} off: the best simple method, {name}")))
            }
            (tile(&number(error(average, FEW_ANSWERS), 2), &format!("{unit} off, if every item’s average were predicted")))
            (tile(&seconds(report.model.training_seconds), "of training"))
        }
        p {
            "After " (FEW_ANSWERS) " answers its predictions are off by " strong { (number(error(MODEL, FEW_ANSWERS), 3)) " " (unit) }
            " on average, before any answer by " (number(error(MODEL, 0), 3))
            ". Predicting every item’s average is off by " (number(error(average, FEW_ANSWERS), 3))
            @if let Some((name, error)) = best {
                ", the best simple method (" (name) ") by " (number(error, 3)) ". " (verdict(measurement, MODEL))
            }
        }
        @if lead(measurement, &mean).is_some() {
            p {
                "It predicts the median of the likely ratings, where the average error is least. Read out at the mean, "
                "as the simple methods are, it is off by " (number(error(&mean, FEW_ANSWERS), 3)) ". "
                (verdict(measurement, &mean))
            }
        }
    }
}

fn picks(report: &Report, measurement: &Measurement) -> Markup {
    let Quality::HitsByPlace(hits) = &measurement.quality else { return html! {} };
    let of = |name: &str| {
        hits.iter().find(|hits| hits.contender == name).map(|hits| hits.share.iter().take(10).sum::<f64>())
    };
    let (model, popular) = (of(MODEL).unwrap_or(f64::NAN), of(SIMPLEST[1]).unwrap_or(f64::NAN));
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
                ", the best simple method (" (name) ") " (number(hits, 1)) ". " (verdict(measurement, MODEL))
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
fn verdict(measurement: &Measurement, contender: &str) -> Markup {
    let Some((gain, error)) = lead(measurement, contender).and_then(|lead| Some((lead.gain, lead.standard_error?)))
    else {
        return html! {};
    };
    let metric = Figures::of(&measurement.measured)[0].metric;
    let size = html! { (number(gain.abs(), 3)) " of " (metric) " (standard error " (number(error, 3)) ")" };
    html! {
        @if gain > 2.0 * error { "That is a lead of " (size) ", more than chance would explain." }
        @else if gain < -2.0 * error { strong { "The simple method is better" } " by " (size) ": prefer it here." }
        @else { "The difference of " (size) " is within what chance explains: take them as equal." }
    }
}
