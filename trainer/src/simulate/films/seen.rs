//! Which films a rater has seen: few of all, mostly famous ones, of their own years, and to their taste.

use super::list::{Film, List};
use super::rater::Rater;
use crate::simulate::draw::weighted;
use rand::{Rng, RngExt};

/// Fewest and most films of a rater.
const FEWEST: f64 = 15.0;
const MOST: f64 = 120.0;
/// How much more likely a film of each fame, 1 to 5, is known.
const KNOWN: [f64; 5] = [1.0, 2.5, 7.0, 20.0, 55.0];

/// Rows of the films that a rater has seen and rates, in the order in which they came across them.
pub fn seen(rater: &Rater, list: &List, rng: &mut impl Rng) -> Vec<usize> {
    let mut weights: Vec<f64> = list.films.iter().map(|film| weight(rater, film)).collect();
    let films = (0..count(rng)).map(|_| {
        let film = weighted(rng, &weights);
        weights[film] = 0.0;
        film
    });
    films.collect()
}

/// Many raters have seen few films, few have seen many: the median is 32, a tenth have seen 95 or more.
fn count(rng: &mut impl Rng) -> usize {
    let u: f64 = rng.random_range(0.0..1.0);
    (FEWEST + (MOST + 1.0 - FEWEST) * u * u * u.sqrt()) as usize
}

/// Weight of a film among those to be seen: it is known, it has reached their age, and it promises to please.
fn weight(rater: &Rater, film: &Film) -> f64 {
    let promise = (1.0 + 0.5 * rater.taste.stars(film)).clamp(0.3, 2.5);
    let known = KNOWN[usize::from(film.fame.clamp(1, 5) - 1)];
    known * rater.age.reach(film.year) * promise
}
