//! The sections on the data and on training.

use super::format::{count, number, percent, seconds, tick};
use super::phrases::Phrases;
use crate::chart::{Axis, Caption, Frame, Mark, Series, bars, lines};
use crate::report::card::Card;
use crate::report::gather::Report;
use crate::report::summary::Bar;
use crate::train::EpochMetrics;
use maud::{Markup, html};

/// Write the sizes and distributions of the data.
pub fn data(report: &Report, phrases: &Phrases) -> Markup {
    let data = &report.data;
    let Phrases { noun, title, .. } = Phrases::of(data.feedback);
    let [users, items, learned] = data.learned;
    html! {
        dl class="facts" {
            (fact("Users", &count(data.users)))
            (fact("Items", &count(data.items)))
            (fact(title, &count(data.ratings)))
            (fact("Share of all pairs", &percent(data.density)))
        }
        p {
            "The model learned from " (count(learned)) " " (phrases.noun) " of " (count(items)) " items by "
            (count(users)) " users; " (count(data.held_out)) " users were kept apart to measure on."
            @if data.feedback != report.feedback() {
                " Ratings that say more liked than not count as picks."
            }
        }
        @if !data.left_out.is_empty() {
            p { "Left out of training:" }
            ul { @for part in &data.left_out { li { (part.words()) "." } } }
        }
        @if !data.changes.is_empty() {
            p { "Dropped, merged or unknown when the data was read:" }
            ul { @for change in &data.changes { li { (count(change.count as usize)) " " (change.what) "." } } }
        }
        div class="charts" {
            (histogram(&format!("Users by {noun}"), &format!("{noun} per user, in doublings"), "users", &data.per_user))
            (histogram(&format!("Items by {noun}"), &format!("{noun} per item, in doublings"), "items", &data.per_item))
            @if !data.values.is_empty() { (histogram("Ratings by value", "rating", "ratings", &data.values)) }
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn histogram(title: &str, along: &str, of: &str, bars_of: &[Bar]) -> Markup {
    // A bar of one value has its label below; a bar of several values has labels at its edges.
    let mut labels: Vec<String> = bars_of.iter().map(|bar| tick(bar.from)).collect();
    let along = match bars_of.last().filter(|last| last.from < last.below) {
        Some(last) => {
            labels.push(tick(last.below));
            Axis::edges(along, &labels)
        }
        None => Axis::slots(along, &labels),
    };
    let heights: Vec<f64> = bars_of.iter().map(|bar| bar.count as f64).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    let frame = Frame::small(along, Axis::linear(of, 0.0, highest, tick));
    let most = bars_of.iter().max_by_key(|bar| bar.count);
    let range = |bar: &Bar| match bar.from == bar.below {
        true => tick(bar.from),
        false => format!("from {} to below {}", tick(bar.from), tick(bar.below)),
    };
    let description =
        most.map_or_else(String::new, |bar| format!("The highest bar, {}, has {} {of}.", range(bar), count(bar.count)));
    bars(&frame, &Caption { title, description }, &heights, None)
}

/// Draw the loss by epoch, of each run.
pub fn training(report: &Report) -> Markup {
    let cards = [Some(&report.model), report.beside.as_ref()];
    html! {
        @for card in cards.into_iter().flatten() {
            p {
                "Preset " code { (card.preset.name()) } ": " (card.training.len()) " epochs in "
                (seconds(card.training_seconds)) ". The loss is that of each task’s query set after the local update "
                "on its support set, in training."
            }
        }
        div class="charts" {
            @for card in cards.into_iter().flatten() {
                (curve(card, "Query loss in training", "loss", |epoch| Some(epoch.query_loss)))
                @if card.training.iter().any(|epoch| epoch.held_out_ndcg.is_some()) {
                    (curve(card, "nDCG@10 on held-out users", "nDCG@10", |epoch| epoch.held_out_ndcg))
                }
            }
        }
    }
}

fn curve(card: &Card, name: &str, unit: &str, value: impl Fn(&EpochMetrics) -> Option<f64>) -> Markup {
    let points: Vec<(f64, f64)> =
        card.training.iter().filter_map(|epoch| Some((epoch.epoch as f64, value(epoch)?))).collect();
    let values = points.iter().map(|point| point.1);
    let (low, high) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
    let epochs = card.training.last().map_or(1, |epoch| epoch.epoch) as f64;
    let frame = Frame::small(Axis::linear("epoch", 0.0, epochs, tick), Axis::linear(unit, low, high, tick));
    let ends = points.first().zip(points.last());
    let description =
        ends.map_or_else(String::new, |(first, last)| format!("From {} to {}.", number(first.1, 3), number(last.1, 3)));
    let series = Series { name: card.preset.name().into(), mark: Mark(0), dashed: false, points };
    let title = format!("{name}, preset {}", card.preset.name());
    lines(&frame, &Caption { title: &title, description }, &[series])
}
