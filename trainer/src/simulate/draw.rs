//! Random draws that are the same on every platform: only + − × ÷ of a portable generator's numbers.

use rand::{Rng, RngExt};

/// Draw a nearly normal number with mean 0 and standard deviation 1: the sum of twelve uniforms minus six (Irwin–Hall),
/// from −6 to 6.
pub fn normal(rng: &mut impl Rng) -> f64 {
    (0..12).map(|_| rng.random_range(0.0..1.0)).sum::<f64>() - 6.0
}

/// Draw an index of `weights` with probability proportional to its weight. Weights must not be negative, nor all zero.
pub fn weighted(rng: &mut impl Rng, weights: &[f64]) -> usize {
    let mut rest = rng.random_range(0.0..weights.iter().sum());
    let found = weights.iter().position(|weight| {
        rest -= weight;
        rest < 0.0
    });
    // Rounding may leave a remainder after the last weight.
    let last = || weights.iter().rposition(|weight| *weight > 0.0);
    found.or_else(last).unwrap_or(0)
}
