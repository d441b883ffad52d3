//! Entropies of opinions (Rashid, Karypis and Riedl 2008), which need no model.

use crate::encode::Encoded;
use fewclicks_model::network::loss::Loss;

/// Number of opinions: ratings are mapped to as many stars. A pick is one opinion.
const LEVELS: usize = 5;

/// Weight of not knowing an item, relative to an opinion.
const WEIGHT_OF_UNKNOWN: f64 = 0.5;

/// Compute Entropy0 of each item: the entropy of opinions where not knowing the item is one of them, with half the
/// weight. It is 0 for items without opinions.
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

/// Compute HELF of each item: the harmonic mean of log popularity and entropy of opinions, each divided by its maximum.
/// If all opinions are the same, as picks are, the entropy is that of knowing the item or not.
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

/// Count the users with ratings, at least 2, so that the logarithm is positive.
fn users(encoded: &Encoded) -> f64 {
    encoded.ratings.iter().filter(|ratings| !ratings.is_empty()).count().max(2) as f64
}

/// Return −p ln p, which is 0 for p = 0.
fn surprise(p: f64) -> f64 {
    if p > 0.0 { -p * p.ln() } else { 0.0 }
}

/// Count the users with each opinion of each item.
fn opinions(encoded: &Encoded) -> Vec<[f64; LEVELS]> {
    let mut counts = vec![[0.0; LEVELS]; encoded.popularity.len()];
    for &(item, rating) in encoded.ratings.iter().flatten() {
        let stars = encoded.scale.label(rating, Loss::SquaredError).round().clamp(1.0, LEVELS as f32);
        counts[item as usize][stars as usize - 1] += 1.0;
    }
    counts
}
