//! How many items each user rates: log-normal, as of people who come and go.

use super::shape::Shape;
use crate::simulate::draw::normal;
use rand::Rng;

/// Deviation of the logarithm: the mean is twice the median.
const SPREAD: f64 = 1.2;

/// Of each user; they add up to the ratings of `shape`.
pub fn counts(shape: Shape, rng: &mut impl Rng) -> Vec<usize> {
    let eagerness: Vec<f64> = (0..shape.users).map(|_| exp(SPREAD * normal(rng))).collect();
    let most = shape.most_of_one() as f64;
    // How much an eagerness of 1 rates: bisected, as whoever rates the most there is leaves more to the others.
    let (mut low, mut high) = (0.0, most / eagerness.iter().copied().fold(f64::MAX, f64::min));
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        let all: f64 = eagerness.iter().map(|one| (middle * one).min(most)).sum();
        if all < shape.ratings as f64 { low = middle } else { high = middle }
    }
    // The sums are rounded, not the numbers: so they add up, and a whole number stays what it is.
    let (mut sum, mut whole) = (0.0, 0);
    let count = |one: &f64| {
        sum += (high * one).min(most);
        let before = std::mem::replace(&mut whole, f64::round(sum) as usize);
        whole - before
    };
    eagerness.iter().map(count).collect()
}

/// About eˣ: (1 + x / 2¹⁰)^2¹⁰, in products alone.
fn exp(x: f64) -> f64 {
    (0..10).fold(1.0 + x / 1024.0, |power, _| power * power)
}
