//! The section on evidence candidates.

use super::format::{count, number, tick};
use super::parts::scrolling;
use super::phrases::Phrases;
use crate::chart::{Axis, Caption, Frame, Named, Scatter, scatter};
use crate::evidence::{NamedCandidate, Strategy};
use crate::report::evidence::{ASKED, Asked, Evidence};
use crate::report::gather::Report;
use fewclicks_model::ask::evidence::Evidence as ItemEvidence;
use maud::{Markup, html};

/// Points of the line of equal scores.
const STEPS: usize = 60;

/// Draw evidence candidates as a scatter chart and as a table.
pub fn evidence(report: &Report, phrases: &Phrases) -> Markup {
    let evidence = &report.evidence;
    let published = Strategy::Frobenius.name();
    html! {
        p {
            "An item is worth asking about where an answer moves the model far (the mean norm of the local update’s "
            "gradient), and where many people have one to give (its popularity). The published rule ("
            code { (published) } ") brings both to the range 0 to 1 and multiplies: it asks what lies beyond the "
            "dashed line."
        }
        @if evidence.strategy != published {
            p {
                "Asked are the " (evidence.asked.len()) " items marked, by the rule " code { (evidence.strategy) } "; "
                (evidence.published_too) " of them are among the first " (ASKED) " by the published rule too."
            }
        }
        @if !evidence.asked.is_empty() {
            (cloud(evidence, phrases.noun))
            (scrolling("what is asked", list(evidence, phrases.noun)))
        }
    }
}

fn cloud(evidence: &Evidence, what: &str) -> Markup {
    let asked = evidence.asked.iter().map(|asked| (asked.line.candidate.popularity, asked.line.candidate.norm));
    let all = || evidence.others.iter().copied().chain(asked.clone());
    let most = all().map(|(x, _)| x).fold(0.0, f64::max);
    let (least, highest) = all().map(|(_, y)| y).fold((f64::INFINITY, 0.0), |(l, h), y| (y.min(l), y.max(h)));
    let frame = Frame {
        width: 860.0,
        height: 520.0,
        x: Axis::linear(what, 0.0, most, tick),
        y: Axis::linear("mean gradient norm", least, highest, tick),
    };
    let title = "What an answer changes, by how many can give one";
    let description = format!(
        "{} items; asked are, best first: {}.",
        count(all().count()),
        evidence.asked.iter().map(|asked| asked.line.title.as_str()).collect::<Vec<_>>().join(", ")
    );
    let named = |NamedCandidate { title, candidate, .. }: &NamedCandidate| Named {
        x: candidate.popularity,
        y: candidate.norm,
        name: title.clone(),
    };
    let drawing = Scatter {
        cloud: evidence.others.clone(),
        named: evidence.asked.iter().map(|asked| named(&asked.line)).collect(),
        line: border(evidence, highest),
    };
    scatter(&frame, &Caption { title, description }, &drawing)
}

/// Return points where norm × popularity equals that of the last candidate by the published rule. Normalised values are
/// linear in popularity and norm, so that two candidates determine them.
fn border(evidence: &Evidence, highest: f64) -> Vec<(f64, f64)> {
    let Some(last) = evidence.published_last else { return Vec::new() };
    let line = |value: fn(&ItemEvidence) -> (f64, f64)| {
        let others = evidence.asked.iter().map(|asked| value(&asked.line.candidate));
        let (at, share) = value(&last);
        // The farthest candidate, as its distance is a divisor.
        let (other, other_share) = others.max_by(|a, b| (a.1 - share).abs().total_cmp(&(b.1 - share).abs()))?;
        let slope = (other - at) / (other_share - share);
        slope.is_finite().then_some(move |wanted: f64| at + (wanted - share) * slope)
    };
    let popularity = line(|candidate| (candidate.popularity, candidate.popularity_share));
    let Some((popularity, norm)) = popularity.zip(line(|candidate| (candidate.norm, candidate.norm_share))) else {
        return Vec::new();
    };
    let product = last.norm_share * last.popularity_share;
    let shares = (1..=STEPS).map(|step| step as f64 / STEPS as f64).filter(|&share| share >= product);
    shares.map(|share| (popularity(share), norm(product / share))).filter(|&(_, y)| y <= highest).collect()
}

fn list(evidence: &Evidence, what: &str) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" { "#" }
                th scope="col" class="words" { "item" }
                @for column in [what, "mean norm", "# by the published rule"] { th scope="col" { (column) } }
            }
        }
        tbody {
            @for Asked { line, published_rank } in &evidence.asked {
                tr {
                    td { (line.rank) }
                    th scope="row" { (line.title) }
                    td { (count(line.candidate.popularity as usize)) }
                    td { (number(line.candidate.norm, 3)) }
                    td { (count(*published_rank)) }
                }
            }
        }
    }
}
