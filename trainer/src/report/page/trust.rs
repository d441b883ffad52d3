//! Whether predictions mean what they say, and what they lead to.

use super::super::calibration::{Bin, Hits, Quality};
use super::super::gather::Report;
use super::super::measurement::{FEW, Measurement};
use super::super::recommended::{Popular, SIMPLEST, TOP};
use super::parts::{heading, named, scrolling};
use super::words::{count, number, percent, tick};
use crate::chart::{Axis, Frame, Mark, Series, Texts, bars, lines};
use crate::measure::evaluate::MODEL;
use maud::{Markup, html};

/// What the section is called.
pub fn title(report: &Report) -> &'static str {
    if report.model.preset.learns_picks() { "Which places are hit" } else { "Do predictions mean what they say?" }
}

/// Calibration of ratings; of picks hits by place.
pub fn quality(report: &Report) -> Markup {
    html! {
        @if report.model.preset.learns_picks() {
            p {
                "How often the item in each place of the list, after " (FEW) " picks, is one that the person did pick. "
                "A good list is hit more often at its top."
            }
        } @else {
            p {
                "Predictions after " (FEW) " answers, before any read-out at the median, in bins with about as many "
                "ratings each: where the line follows the dashed one, what is expected is on average what is rated."
            }
        }
        div class="charts" {
            @for measurement in &report.measurements {
                @match &measurement.quality {
                    Quality::Calibration(bins) => { (calibration(report, measurement, bins)) }
                    Quality::HitsByPlace(hits) => { (places(report, measurement, hits)) }
                }
            }
        }
    }
}

fn calibration(report: &Report, measurement: &Measurement, bins: &[Bin]) -> Markup {
    let (min, max) = (f64::from(report.data.min), f64::from(report.data.max));
    let axis = |title: &str| Axis::linear(title, min, max, tick);
    let frame = Frame { width: 480.0, height: 400.0, x: axis("expected rating"), y: axis("mean actual rating") };
    let series = |name: &str, dashed, points| Series {
        name: name.into(),
        mark: Mark(if dashed { 5 } else { 0 }),
        dashed,
        points,
    };
    let found: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.expected, bin.actual)).collect();
    let worst = bins.iter().map(|bin| (bin.actual - bin.expected).abs()).fold(0.0, f64::max);
    let title = named(report, "Actual by expected rating", measurement);
    let description = format!("{} bins; the largest difference between the two is {}.", bins.len(), number(worst, 2));
    let all = [series(MODEL, false, found), series("what it should be", true, vec![(min, min), (max, max)])];
    let table = html! {
        thead { tr { th scope="col" { "expected" } th scope="col" { "actual" } th scope="col" { "ratings" } } }
        tbody {
            @for Bin { expected, actual, ratings } in bins {
                tr { td { (number(*expected, 2)) } td { (number(*actual, 2)) } td { (count(*ratings)) } }
            }
        }
    };
    html! {
        (lines(&frame, &Texts { title: &title, description }, &all))
        (scrolling("calibration", table))
    }
}

fn places(report: &Report, measurement: &Measurement, hits: &[Hits]) -> Markup {
    let of = |name: &str| hits.iter().find(|hits| hits.contender == name).map(|hits| hits.share.as_slice());
    let (model, popular) = (of(MODEL).unwrap_or_default(), of(SIMPLEST[1]));
    let highest = model.iter().chain(popular.unwrap_or_default()).copied().fold(0.0, f64::max);
    let labels: Vec<String> = (1..=model.len()).map(|place| place.to_string()).collect();
    let frame = Frame::small(Axis::slots("place in the list", &labels), Axis::linear("hit", 0.0, highest, percent));
    let title = named(report, "Hits by place", measurement);
    let ends = model.first().zip(model.last());
    let description = ends.map_or_else(String::new, |(first, last)| {
        format!("{} of the first places are hit, {} of place {}.", percent(*first), percent(*last), model.len())
    });
    bars(&frame, &Texts { title: &title, description }, model, popular.map(|popular| (SIMPLEST[1], popular)))
}

/// Coverage and popularity of what is recommended.
pub fn recommended(report: &Report) -> Markup {
    html! {
        p {
            "The first " (TOP) " recommendations after " (FEW) " answers, of everybody measured on, together: more "
            "people see more of the catalogue. A site lives on more than its hits: the more of the catalogue is shown "
            "to somebody, and the less of it is what everybody knows, the more there is to find. The last row says "
            "where the " (report.what()) " lie that were learned from."
        }
        @for measurement in &report.measurements {
            (heading(report, measurement))
            (scrolling("what is recommended", coverage(report, measurement)))
        }
    }
}

fn coverage(report: &Report, measurement: &Measurement) -> Markup {
    let learned = report.data.learned[1];
    let columns = ["different items", "of the catalogue", "from the most popular 1 %", "from the most popular 10 %"];
    html! {
        thead { tr { td {} @for column in columns { th scope="col" { (column) } } } }
        tbody {
            @for recommended in &measurement.recommended {
                tr class=[(recommended.contender == MODEL).then_some("own")] {
                    th scope="row" { (recommended.contender) }
                    td { (count(recommended.items)) }
                    td { (percent(recommended.coverage)) }
                    (popular(&recommended.popular))
                }
            }
            tr {
                th scope="row" { "all " (report.what()) " in training" }
                td { (count(learned)) }
                td { (percent(learned as f64 / report.data.items.max(1) as f64)) }
                (popular(&report.data.popular))
            }
        }
    }
}

fn popular(popular: &Popular) -> Markup {
    html! { td { (percent(popular.most_popular_1_percent)) } td { (percent(popular.most_popular_10_percent)) } }
}
