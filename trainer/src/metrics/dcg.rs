//! Discounted cumulative gain.

/// Discounted cumulative gain of `gains`, best place first.
pub fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.zip(2..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}
