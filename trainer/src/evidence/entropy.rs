//! Measures of how much opinions differ (Rashid, Karypis, Riedl 2008): no model needed.

use crate::encode::Encoded;
use fewclicks_model::network::loss::Loss;

/// Opinions are told apart on a scale of so many stars; a pick is one opinion.
const LEVELS: usize = 5;

/// What not knowing an item counts beside an opinion.
const WEIGHT_OF_UNKNOWN: f64 = 0.5;

/// Entropy0, per item: the entropy of opinions where having none is one of them, of half the weight. Zero without
/// opinions.
pub fn entropy0(encoded: &Encoded) -> Vec<f64> {
    let users = users(encoded);
    let entropy = |counts: &[f64; LEVELS]| {
        let unknown = users - counts.iter().sum::<f64>();
        let weights = WEIGHT_OF_UNKNOWN + LEVELS as f64;
        (WEIGHT_OF_UNKNOWN * surprise(unknown / users) + counts.iter().map(|n| surprise(n / users)).sum::<f64>())
            / weights
    };
    opinions(encoded).iter().map(entropy).collect()
}

/// HELF, per item: the harmonic mean of the logarithm of its popularity and the entropy of its opinions, both as shares
/// of what they could be. Where all opinions are the same, as picks are, the entropy is that of knowing it or not.
pub fn helf(encoded: &Encoded) -> Vec<f64> {
    let users = users(encoded);
    let all = opinions(encoded);
    let alike = all.iter().all(|counts| counts.iter().filter(|&&n| n > 0.0).count() <= 1);
    let mean = |counts: &[f64; LEVELS]| {
        let known: f64 = counts.iter().sum();
        if known == 0.0 {
            return 0.0;
        }
        let frequency = known.ln() / users.ln();
        let entropy = match alike {
            true => (surprise(known / users) + surprise(1.0 - known / users)) / 2f64.ln(),
            false => counts.iter().map(|n| surprise(n / known)).sum::<f64>() / (LEVELS as f64).ln(),
        };
        if frequency + entropy > 0.0 { 2.0 * frequency * entropy / (frequency + entropy) } else { 0.0 }
    };
    all.iter().map(mean).collect()
}

/// Users with ratings; 2 at least, so that logarithms divide.
fn users(encoded: &Encoded) -> f64 {
    encoded.ratings.iter().filter(|ratings| !ratings.is_empty()).count().max(2) as f64
}

/// −p ln p.
fn surprise(p: f64) -> f64 {
    if p > 0.0 { -p * p.ln() } else { 0.0 }
}

/// Per item how many users are of each opinion.
fn opinions(encoded: &Encoded) -> Vec<[f64; LEVELS]> {
    let mut counts = vec![[0.0; LEVELS]; encoded.popularity.len()];
    for &(item, rating) in encoded.ratings.iter().flatten() {
        let stars = encoded.scale.label(rating, Loss::SquaredError).round().clamp(1.0, LEVELS as f32);
        counts[item as usize][stars as usize - 1] += 1.0;
    }
    counts
}
