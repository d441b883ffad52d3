//! How good predictions are, per task.

mod picks;
mod ratings;

pub use picks::PickMetrics;
pub use ratings::{Metrics, gains, ndcg};

/// What is expected of each task beside what it is judged by.
pub fn pairs<'a, T>(expected: &'a [Vec<T>], judged_by: &'a [Vec<T>]) -> impl Iterator<Item = (&'a [T], &'a [T])> {
    expected.iter().zip(judged_by).map(|(expected, judged_by)| (expected.as_slice(), judged_by.as_slice()))
}

/// Discounted cumulative gain of `gains`, best place first.
fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.zip(2..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}
