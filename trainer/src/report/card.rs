//! What a trained model is, for its card.

use crate::encode::Encoded;
use crate::preset::Preset;
use crate::train::{EpochMetrics, Run};
use fewclicks_model::model::Model;
use serde::Serialize;

/// One run's model.
#[derive(Debug, Serialize)]
pub struct Card {
    pub seed: u64,
    pub preset: Preset,
    /// Numbers that were learned.
    pub parameters: usize,
    /// Numbers that a bundle holds: item vectors in place of feature tables.
    pub shipped: usize,
    /// How many of these a local update can move.
    pub adapted: usize,
    pub training: Vec<EpochMetrics>,
    pub training_seconds: f64,
}

impl Card {
    /// # Errors
    /// Where the run's files cannot be read.
    pub fn of(run: &Run, encoded: &Encoded, model: &Model) -> anyhow::Result<Self> {
        let training = run.metrics(&run.state(encoded)?)?;
        let (folded, _) = model.fold(&encoded.items)?;
        Ok(Self {
            seed: run.config.seed,
            preset: run.config.preset.clone(),
            parameters: model.theta.len(),
            shipped: folded.theta.len(),
            adapted: folded.layout.len() - folded.layout.start(folded.update.scope),
            training_seconds: training.iter().map(|epoch| epoch.seconds).sum(),
            training,
        })
    }
}
