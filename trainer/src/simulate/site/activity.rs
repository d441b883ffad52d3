//! Numbers of ratings by user, log-normally distributed.

use super::shape::Shape;
use crate::simulate::draw::normal;
use rand::Rng;

/// Standard deviation of the logarithm: the mean is twice the median.
const SPREAD: f64 = 1.2;

/// Draw each user's number of ratings; they add up to the ratings of `shape`.
pub fn counts(shape: Shape, rng: &mut impl Rng) -> Vec<usize> {
    let eagerness: Vec<f64> = (0..shape.users).map(|_| exp(SPREAD * normal(rng))).collect();
    let most = shape.max_per_user() as f64;
    // Find the factor by bisection, as users at the maximum leave more to the others.
    let (mut low, mut high) = (0.0, most / eagerness.iter().copied().fold(f64::MAX, f64::min));
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        let all: f64 = eagerness.iter().map(|one| (middle * one).min(most)).sum();
        if all < shape.ratings as f64 { low = middle } else { high = middle }
    }
    // Cumulative sums are rounded, not the numbers, so that the numbers add up.
    let (mut sum, mut whole) = (0.0, 0);
    let count = |one: &f64| {
        sum += (high * one).min(most);
        let before = std::mem::replace(&mut whole, f64::round(sum) as usize);
        whole - before
    };
    eagerness.iter().map(count).collect()
}

/// Compute about eˣ as (1 + x / 2¹⁰)^2¹⁰, in products alone.
fn exp(x: f64) -> f64 {
    (0..10).fold(1.0 + x / 1024.0, |power, _| power * power)
}
