//! A page with a chart for each number that grows.

use super::growth::{Growth, Point, Series};
use crate::chart::{Axis, Caption, Frame, Mark, Series as Line, lines};
use crate::page::document;
use maud::{Markup, html};

/// Name of a cost, and its value at a point.
type Cost = (&'static str, fn(&Point) -> f64);

/// Costs that are drawn.
const COSTS: [Cost; 3] = [
    ("an epoch", |point| point.epoch_cpu_seconds),
    ("data ready", |point| point.ready_cpu_seconds),
    ("what to ask", |point| point.evidence_cpu_seconds),
];

/// Return the page.
pub fn page(growth: &Growth) -> Markup {
    let Growth { machine, preset, threads, base, series } = growth;
    let body = html! {
        header {
            p class="kind" { "What fewclicks training costs" }
            h1 { "How cost grows" }
            p class="lead" {
                "Preset " (preset) " on invented data of " (base.ratings) " ratings of " (base.items) " items by "
                (base.users) " users, and on data of which one number is larger; and with wider embeddings. "
                "CPU seconds of " (threads) " threads of a machine with " (machine.cores) " cores (" (machine.architecture)
                "), by trainer " (machine.version) "."
            }
        }
        main {
            section {
                div class="charts" { @for one in series { (chart(one)) } }
                table {
                    thead { tr {
                        th { "ratings" } th { "users" } th { "items" } th { "width" }
                        @for (name, _) in COSTS { th { (name) ", CPU s" } }
                        th { "peak, MB" }
                    } }
                    tbody { @for point in series.iter().flat_map(|one| &one.points) { (row(point)) } }
                }
            }
        }
    };
    document("How the cost of training grows", &body)
}

fn chart(series: &Series) -> Markup {
    let along = |point: &Point| point.size(series.of) as f64;
    let most = |of: &dyn Fn(&Point) -> f64| series.points.iter().map(of).fold(0.0, f64::max);
    let highest = COSTS.iter().map(|(_, cost)| most(cost)).fold(0.0, f64::max);
    let frame = Frame::small(
        Axis::linear(series.of, 0.0, most(&along), short),
        Axis::linear("CPU seconds", 0.0, highest, |value| format!("{value:.2}")),
    );
    let drawn: Vec<Line> = (COSTS.iter().enumerate())
        .map(|(i, (name, cost))| Line {
            name: (*name).into(),
            mark: Mark(i),
            dashed: false,
            points: series.points.iter().map(|point| (along(point), cost(point))).collect(),
        })
        .collect();
    let ends = |line: &Line| {
        let [(low, first), .., (high, last)] = line.points[..] else { return String::new() };
        format!("{}: {first:.2} CPU s at {low}, {last:.2} at {high}.", line.name)
    };
    let description = drawn.iter().map(ends).collect::<Vec<_>>().join(" ");
    let title = format!("More {}", if series.of == "width" { "numbers per embedding" } else { series.of });
    lines(&frame, &Caption { title: &title, description }, &drawn)
}

fn row(point: &Point) -> Markup {
    html! {
        tr {
            td { (point.ratings) } td { (point.users) } td { (point.items) } td { (point.width) }
            @for (_, cost) in COSTS { td { (format!("{:.3}", cost(point))) } }
            td { @match point.peak_bytes { Some(bytes) => (bytes / 1_000_000), None => "–" } }
        }
    }
}

/// Format with few digits.
fn short(value: f64) -> String {
    if value >= 10_000.0 { format!("{}k", value / 1000.0) } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::super::machine::Machine;
    use super::*;

    #[test]
    fn what_grows_has_a_chart_and_every_point_a_row() {
        let point = |n: usize| Point {
            users: n * 1000,
            items: 2000,
            ratings: 9000,
            width: 32,
            ready_cpu_seconds: 0.25,
            epoch_cpu_seconds: n as f64,
            evidence_cpu_seconds: 0.5,
            peak_bytes: None,
        };
        let growth = Growth {
            machine: Machine::this(),
            preset: "ratings".into(),
            threads: 2,
            base: point(1),
            series: vec![Series { of: "users", points: vec![point(1), point(8)] }],
        };
        let page = page(&growth).into_string();
        assert_eq!((page.matches("<figure").count(), page.matches("<tr>").count()), (1, 3));
        assert!(page.contains("an epoch: 1.00 CPU s at 1000, 8.00 at 8000."), "{page}");
        assert!(!page.contains("<script"));
    }
}
