//! The facts of a trained model, for its card.

use crate::encode::Encoded;
use crate::preset::Preset;
use crate::train::{EpochMetrics, Run};
use fewclicks_model::model::Model;
use serde::Serialize;

/// Facts of a run's model.
#[derive(Debug, Serialize)]
pub struct Card {
    pub seed: u64,
    pub preset: Preset,
    /// Number of parameters.
    pub parameters: usize,
    /// Number of parameters in a bundle, which has item vectors instead of feature tables.
    pub shipped: usize,
    /// Number of these that a local update can move.
    pub adapted: usize,
    pub training: Vec<EpochMetrics>,
    pub training_seconds: f64,
}

impl Card {
    /// Gather the facts of a run's model.
    ///
    /// # Errors
    /// Return an error if the run's files cannot be read.
    pub fn of(run: &Run, encoded: &Encoded, model: &Model) -> anyhow::Result<Self> {
        let training = run.metrics(&run.state(encoded)?)?;
        let (folded, _) = model.fold(&encoded.items)?;
        Ok(Self {
            seed: run.config.seed,
            preset: run.config.preset.clone(),
            parameters: model.theta.len(),
            shipped: folded.theta.len(),
            adapted: folded.layout.len() - folded.layout.offset(folded.update.scope()),
            training_seconds: training.iter().map(|epoch| epoch.seconds).sum(),
            training,
        })
    }
}
