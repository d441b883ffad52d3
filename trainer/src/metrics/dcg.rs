//! Discounted cumulative gain.

/// Compute Σ gainₖ / log₂(k + 1) over ranks k from 1.
pub fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.zip(2..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}
