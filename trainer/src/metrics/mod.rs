//! How good predictions are, per task.

mod picks;
mod ratings;

pub use picks::PickMetrics;
pub use ratings::{Metrics, ndcg};

/// Discounted cumulative gain of `gains`, best place first.
fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.zip(2..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}
