//! What is noted of an epoch in `metrics.jsonl`.

use crate::ranks::{self, Traffic};
use serde::{Deserialize, Serialize};

/// A line of `metrics.jsonl`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EpochMetrics {
    /// Number of epochs done.
    pub epoch: usize,
    /// Mean query loss after the local update.
    pub query_loss: f64,
    /// Duration of the epoch.
    pub seconds: f64,
    /// nDCG@10 on users who are held out of training, while there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_out_ndcg: Option<f64>,
    /// What a step exchanged between ranks, if there are several.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<Exchanged>,
}

/// What ranks exchange in a step, on average over an epoch.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Exchanged {
    /// Number of ranks.
    pub ranks: usize,
    /// Bytes that the first rank receives.
    pub bytes_a_step: f64,
    /// Seconds that the first rank spends exchanging, waiting for others included.
    pub exchange_seconds_a_step: f64,
    /// Duration of a step.
    pub seconds_a_step: f64,
}

impl Exchanged {
    /// Begin to count.
    pub fn start() {
        Traffic::take();
    }

    /// Return what was exchanged since the start, in an epoch of so many steps and `seconds`; `None` with one rank.
    pub fn take(steps: usize, seconds: f64) -> Option<Self> {
        let Traffic { bytes, seconds: exchanging } = Traffic::take()?;
        let steps = steps.max(1) as f64;
        Some(Self {
            ranks: ranks::size(),
            bytes_a_step: bytes as f64 / steps,
            exchange_seconds_a_step: exchanging / steps,
            seconds_a_step: seconds / steps,
        })
    }
}
