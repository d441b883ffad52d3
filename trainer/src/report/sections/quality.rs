//! The section on the quality of predictions: calibration of ratings, hits by rank of picks.

use super::format::{count, number, percent, tick};
use super::parts::{named, scrolling};
use super::phrases::Phrases;
use crate::chart::{Axis, Caption, Frame, Mark, Series, bars, lines};
use crate::measure::evaluate::MODEL;
use crate::report::gather::Report;
use crate::report::measurement::Measurement;
use crate::report::quality::{Bin, Hits, Quality};
use crate::report::recommended::POPULARITY;
use maud::{Markup, html};

/// Draw a chart for each set of tasks.
pub fn quality(report: &Report, phrases: &Phrases) -> Markup {
    html! {
        p { (phrases.quality) }
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
        (lines(&frame, &Caption { title: &title, description }, &all))
        (scrolling("calibration", table))
    }
}

fn places(report: &Report, measurement: &Measurement, hits: &[Hits]) -> Markup {
    let of = |name: &str| hits.iter().find(|hits| hits.contender == name).map(|hits| hits.share.as_slice());
    let (model, popular) = (of(MODEL).unwrap_or_default(), of(POPULARITY));
    let highest = model.iter().chain(popular.unwrap_or_default()).copied().fold(0.0, f64::max);
    let labels: Vec<String> = (1..=model.len()).map(|place| place.to_string()).collect();
    let frame = Frame::small(Axis::slots("place in the list", &labels), Axis::linear("hit", 0.0, highest, percent));
    let title = named(report, "Hits by place", measurement);
    let ends = model.first().zip(model.last());
    let description = ends.map_or_else(String::new, |(first, last)| {
        format!("{} of the first places are hit, {} of place {}.", percent(*first), percent(*last), model.len())
    });
    bars(&frame, &Caption { title: &title, description }, model, popular.map(|popular| (POPULARITY, popular)))
}
