//! Films that a rater has seen: few of all, mostly famous ones, of their own years, and to their taste.

use super::list::{Film, List};
use super::rater::Rater;
use crate::simulate::draw::weighted;
use rand::{Rng, RngExt};

/// Minimum and maximum number of films of a rater.
const MIN_FILMS: f64 = 15.0;
const MAX_FILMS: f64 = 120.0;
/// Weight of a film by its fame, 1 to 5.
const KNOWN: [f64; 5] = [1.0, 2.5, 7.0, 20.0, 55.0];

/// Draw the rows of the films that a rater has seen and rates.
pub fn seen(rater: &Rater, list: &List, rng: &mut impl Rng) -> Vec<usize> {
    let mut weights: Vec<f64> = list.films.iter().map(|film| weight(rater, film)).collect();
    let films = (0..count(rng)).map(|_| {
        let film = weighted(rng, &weights);
        weights[film] = 0.0;
        film
    });
    films.collect()
}

/// Draw the number of films: most raters have few, with a median of 32; a tenth have 95 or more.
fn count(rng: &mut impl Rng) -> usize {
    let u: f64 = rng.random_range(0.0..1.0);
    (MIN_FILMS + (MAX_FILMS + 1.0 - MIN_FILMS) * u * u * u.sqrt()) as usize
}

/// Return the weight of a film: the product of fame, reach of the rater's age, and taste.
fn weight(rater: &Rater, film: &Film) -> f64 {
    let promise = (1.0 + 0.5 * rater.taste.stars(film)).clamp(0.3, 2.5);
    let known = KNOWN[usize::from(film.fame.clamp(1, 5) - 1)];
    known * rater.age.reach(film.year) * promise
}
