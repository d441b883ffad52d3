//! The audience term: what an item's mean rating tells beyond its bias.
//!
//! The bias of an item is what remains of its ratings when each user's leaning is taken out. Of a visitor of whom nothing is
//! known, the item's plain mean is expected: its audience rates it. αᵢ = Mᵢ − bᵢ, with Mᵢ the empirical-Bayes mean of y − μ
//! given the item's fields.

use super::factors::Factors;
use super::fields::{Features, FieldPrior};
use super::fit::Fit;

/// Number of rounds of EM.
const ROUNDS: usize = 12;

/// Return αᵢ of each item, given [`item_means`].
pub fn audience(fit: &Fit, means: &[f32]) -> Vec<f32> {
    let of_item = |(item, mean): (usize, &f32)| mean - fit.noise.mean - fit.items.mean(item)[0];
    means.iter().enumerate().map(of_item).collect()
}

/// Return the empirical-Bayes mean Mᵢ + μ of each item's ratings, given its fields. They do not depend on the rounds of `fit`.
pub fn item_means(fit: &Fit, features: Features) -> Vec<f32> {
    let groups = fit.by_item();
    let sums: Vec<(f64, f64)> = (0..groups.len())
        .map(|item| groups.of(item).fold((0.0, 0.0), |(n, sum), (_, y)| (n + 1.0, sum + f64::from(y - fit.noise.mean))))
        .collect();
    let total = sums.iter().map(|(n, _)| n).sum::<f64>().max(1.0);
    let variance = groups.stars().iter().map(|y| f64::from(y - fit.noise.mean).powi(2)).sum::<f64>() / total;
    let (mut between, mut within) = ((0.1 * variance).max(1e-6), (0.9 * variance).max(1e-6));
    let mut prior = FieldPrior::new(features, 1, false);
    let mut means = Factors::new(groups.len(), 1);
    for _ in 0..ROUNDS {
        let prior_means = prior.means();
        for (item, &(n, sum)) in sums.iter().enumerate() {
            let expected = f64::from(prior_means[item]);
            means.means[item] = (expected + (sum - n * expected) / (n + within / between)) as f32;
            means.covariances[item] = (within / (n + within / between)) as f32;
        }
        prior.fit(&means, &prior_means, &[1.0 / between], |item| sums[item].0 > 0.0);
        let after = prior.means();
        between = means.spread(&after, |item| sums[item].0 > 0.0)[0].max(1e-6);
        let mut error = 0.0;
        for item in 0..groups.len() {
            for (_, y) in groups.of(item) {
                let left = f64::from(y - fit.noise.mean - means.means[item]);
                error += left * left + f64::from(means.covariances[item]);
            }
        }
        within = (error / total).max(1e-6);
    }
    means.means.iter().map(|mean| mean + fit.noise.mean).collect()
}
