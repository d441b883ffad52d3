//! What is worth asking, and how it stands out.

use crate::encode::Encoded;
use crate::evidence::{Line, Strategy, describe, rank};
use crate::run::Loaded;
use fewclicks::model::Model;
use serde::Serialize;

/// How many candidates are asked.
const ASKED: usize = 20;

/// Evidence candidates by the default strategy: mean gradient norm × popularity.
#[derive(Debug, Serialize)]
pub struct Evidence {
    pub asked: Vec<Line>,
    /// Popularity and mean norm of every other item with ratings.
    pub others: Vec<(f64, f64)>,
}

/// Of a run's model.
pub fn evidence(model: &Model, loaded: &Loaded, seed: u64) -> Evidence {
    let Loaded { data, encoded, .. } = loaded;
    let encoded: &Encoded = encoded;
    let ranked = rank(Strategy::Frobenius, model, encoded, seed);
    let others = ranked.iter().skip(ASKED).filter(|candidate| candidate.popularity > 0.0);
    Evidence {
        asked: describe(&ranked, data, ASKED),
        others: others.map(|candidate| (candidate.popularity, candidate.norm)).collect(),
    }
}
