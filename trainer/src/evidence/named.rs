//! Evidence candidates with ids and titles.

use crate::data::Dataset;
use fewclicks_model::ask::evidence::Evidence as ItemEvidence;
use serde::Serialize;

/// A ranked candidate with the id and title of its item.
#[derive(Clone, Debug, Serialize)]
pub struct NamedCandidate {
    /// Rank of the candidate, from 1.
    pub rank: usize,
    /// Id of the item.
    pub id: String,
    /// Title of the item.
    pub title: String,
    /// Norm, popularity and score.
    #[serde(flatten)]
    pub candidate: ItemEvidence,
}

/// Return the first `top` candidates with ids and titles.
pub fn name_candidates(ranked: &[ItemEvidence], data: &Dataset, top: usize) -> Vec<NamedCandidate> {
    let line = |(rank, candidate): (usize, &ItemEvidence)| NamedCandidate {
        rank,
        id: data.items.ids[candidate.item].clone(),
        title: data.items.titles[candidate.item].clone(),
        candidate: *candidate,
    };
    (1..).zip(ranked.iter().take(top)).map(line).collect()
}
