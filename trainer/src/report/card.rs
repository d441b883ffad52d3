//! The facts of a trained model, for its card.

use crate::data::Feedback;
use crate::encode::Encoded;
use crate::preset::Preset;
use crate::train::{EpochMetrics, Run, Trained};
use serde::Serialize;

/// Facts of a run's model.
#[derive(Debug, Serialize)]
pub struct Card {
    pub seed: u64,
    pub preset: Preset,
    /// What the model predicts: ratings, or picks.
    #[serde(skip)]
    pub feedback: Feedback,
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
    /// Return an error if the run's files cannot be read, or the catalogue makes the folded model too large.
    pub fn of(run: &Run, encoded: &Encoded, model: &Trained) -> anyhow::Result<Self> {
        let training = run.metrics()?;
        let (parameters, shipped, adapted) = match model {
            Trained::Network(model) => {
                let (folded, _) = model.fold(&encoded.items)?;
                let moved = folded.layout.len() - folded.layout.offset(folded.update.scope());
                (model.theta.len(), folded.theta.len(), moved)
            }
            Trained::Halves(halves) => (halves.numbers(), halves.numbers(), halves.adapted_numbers()),
        };
        Ok(Self {
            seed: run.config.seed,
            preset: run.config.preset.clone(),
            feedback: model.feedback(),
            parameters,
            shipped,
            adapted,
            training_seconds: training.iter().map(|epoch| epoch.seconds).sum(),
            training,
        })
    }
}
