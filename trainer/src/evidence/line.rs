//! Evidence candidates with the names of their items.

use crate::data::Dataset;
use fewclicks_model::ask::evidence::Candidate;
use serde::Serialize;

/// A candidate in words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub rank: usize,
    pub id: String,
    pub title: String,
    #[serde(flatten)]
    pub candidate: Candidate,
}

/// The first `top` candidates with their names.
pub fn describe(ranked: &[Candidate], data: &Dataset, top: usize) -> Vec<Line> {
    let line = |(rank, candidate): (usize, &Candidate)| Line {
        rank,
        id: data.items.ids[candidate.item].clone(),
        title: data.items.titles[candidate.item].clone(),
        candidate: *candidate,
    };
    (1..).zip(ranked.iter().take(top)).map(line).collect()
}
