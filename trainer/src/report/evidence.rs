//! Evidence candidates, and where they stand among all items.

use crate::evidence::{NamedCandidate, Strategy, name_candidates, rank};
use crate::train::{Loaded, Trained};
use fewclicks_model::ask::evidence::Evidence as ItemEvidence;
use serde::Serialize;
use std::collections::HashMap;

/// Number of candidates that are listed.
pub const ASKED: usize = 20;

/// Evidence candidates by the strategy of the bundle, among all items by mean gradient norm and popularity.
#[derive(Debug, Serialize)]
pub struct Evidence {
    pub strategy: String,
    pub asked: Vec<Asked>,
    /// The last of as many candidates by the published rule, norm × popularity.
    pub published_last: Option<ItemEvidence>,
    /// Number of candidates that are among as many by the published rule.
    pub published_too: usize,
    /// Popularity and mean norm of every other item with ratings.
    pub others: Vec<(f64, f64)>,
}

/// An evidence candidate.
#[derive(Debug, Serialize)]
pub struct Asked {
    #[serde(flatten)]
    pub line: NamedCandidate,
    /// Rank by the published rule.
    pub published_rank: usize,
}

/// Rank the evidence candidates of a run's model.
///
/// # Errors
/// Return an error if the catalogue makes the folded model too large.
pub fn evidence(model: &Trained, loaded: &Loaded, seed: u64) -> anyhow::Result<Evidence> {
    let strategy = Strategy::of(model);
    let ranked = rank(strategy, model, &loaded.encoded, seed)?;
    let published = rank(Strategy::Frobenius, model, &loaded.encoded, seed)?;
    let ranks: HashMap<usize, usize> = published.iter().map(|candidate| candidate.item).zip(1..).collect();
    let asked: Vec<Asked> = name_candidates(&ranked, &loaded.data, ASKED)
        .into_iter()
        .map(|line| Asked { published_rank: ranks[&line.candidate.item], line })
        .collect();
    let others = ranked.iter().skip(ASKED).filter(|candidate| candidate.popularity > 0.0);
    Ok(Evidence {
        strategy: strategy.name(),
        published_last: published.get(asked.len().saturating_sub(1)).copied(),
        published_too: asked.iter().filter(|asked| asked.published_rank <= ASKED).count(),
        asked,
        others: others.map(|candidate| (candidate.popularity, candidate.norm)).collect(),
    })
}
