//! The table of all cases, as Markdown.

use super::measured::{MeasuredCase, MeasuredProtocol};
use crate::measure::estimate::Verdict;
use crate::measure::evaluate::MODEL;
use crate::measure::rows::Row;
use std::fmt::Write as _;

/// Bytes of a megabyte.
const MEGABYTE: f64 = 1e6;

/// Return the tables of figures and of costs, and how many cells are better, worse and no different.
pub fn markdown(cases: &[MeasuredCase]) -> String {
    let mut text = String::from(
        "| set | visitors | metric | answers | model | 95 % | seeds | best baseline | its figure | difference | verdict |\n\
         |---|---|---|--:|--:|---|---|---|--:|--:|---|\n",
    );
    let mut verdicts = Vec::new();
    for protocol in cases.iter().flat_map(|case| &case.protocols) {
        write_protocol(&mut text, protocol, &mut verdicts);
    }
    let count = |verdict| verdicts.iter().filter(|&&found| found == verdict).count();
    let _ = writeln!(
        text,
        "\nAnonymous visitors: {} of {} figures better than the best baseline of the cell, {} worse, {} no different (two \
         standard errors of the paired difference over users). Baselines are named the best on these same users.\n",
        count(Verdict::Better),
        verdicts.len(),
        count(Verdict::Worse),
        count(Verdict::NoDifferent)
    );
    text += "| set | preset | seed | training s | CPU s | peak MB |\n|---|---|--:|--:|--:|--:|\n";
    for (case, costs) in cases.iter().flat_map(|case| case.costs.iter().map(move |costs| (case, costs))) {
        let peak = costs.peak_bytes.map_or("–".into(), |bytes| format!("{:.0}", bytes as f64 / MEGABYTE));
        let resumed = if costs.resumed { " (resumed)" } else { "" };
        let (name, preset, seed) = (&case.name, &case.preset, costs.seed);
        let _ = writeln!(
            text,
            "| {name} | {preset} | {seed} | {:.1}{resumed} | {:.1} | {peak} |",
            costs.seconds, costs.cpu_seconds
        );
    }
    text
}

fn write_protocol(text: &mut String, protocol: &MeasuredProtocol, verdicts: &mut Vec<Verdict>) {
    for metric in &protocol.metrics {
        let key = metric.name();
        // Names are unique among metrics of ratings, and among those of picks: a row has one of each name.
        let rows = protocol.rows.iter().filter(|row| row.contender == MODEL && row.values.contains_key(key));
        for row in rows.filter(|row| metric.is_measured_in(row)) {
            let same = |of: &&Row| of.fields == row.fields && of.answers == row.answers;
            let seeds = protocol.by_seed.iter().filter_map(|rows| rows.iter().find(same));
            let seeds: Vec<String> = seeds.map(|row| format!("{:.4}", row.values[key])).collect();
            let interval = row.intervals.get(key).map_or(String::new(), |[low, high]| format!("{low:.4} to {high:.4}"));
            let answers = row.answers.map_or("all".into(), |answers| answers.to_string());
            let visitors = if row.fields { "with fields" } else { "anonymous" };
            let (name, title, value) = (&protocol.name, metric.title(), row.values[key]);
            let _ = write!(
                text,
                "| {name} | {visitors} | {title} | {answers} | {value:.4} | {interval} | {} |",
                seeds.join(" ")
            );
            match row.against.get(key) {
                Some(against) => {
                    let error = against.standard_error.unwrap_or(f64::NAN);
                    let (difference, words) = (against.difference, against.verdict.words());
                    let _ = writeln!(
                        text,
                        " {} | {:.4} | {difference:+.4} ± {error:.4} | {words} |",
                        against.contender,
                        value - difference
                    );
                    verdicts.extend((!row.fields).then_some(against.verdict));
                }
                None => text.push_str(" | | | |\n"),
            }
        }
    }
}
