//! The taste of one rater: how many stars a film is above or below their average.

use super::cluster::Cluster;
use super::genre::Genre;
use super::leaning::{ERAS, Leaning, era};
use super::list::{Film, List};
use crate::simulate::draw::{normal, weighted};
use rand::{Rng, RngExt};

/// Stars per point of acclaim that everybody gives.
const ACCLAIM: f64 = 0.2;
/// Standard deviation of a rater's own stars, by genre and by era.
const OWN: f64 = 0.25;
/// Stars for a director or lead whom a cluster follows.
const FOLLOWED: f64 = 0.5;
/// Stars for a rater's own favourite director or lead, and the number of favourites.
const FAVOURITE: f64 = 0.6;
const FAVOURITES: usize = 4;

/// Stars by genre, era and person, and per point of acclaim and fame.
pub struct Taste {
    genres: [f64; Genre::COUNT],
    eras: [f64; ERAS],
    people: Vec<f64>,
    acclaim: f64,
    fame: f64,
}

impl Taste {
    /// Draw a rater's own taste, before those of groups are added.
    pub fn own(list: &List, rng: &mut impl Rng) -> Self {
        let mut taste = Self {
            genres: std::array::from_fn(|_| OWN * normal(rng)),
            eras: std::array::from_fn(|_| OWN * normal(rng)),
            people: vec![0.0; list.people.len()],
            acclaim: ACCLAIM,
            fame: 0.0,
        };
        for _ in 0..FAVOURITES {
            taste.people[somebody(list, rng)] = FAVOURITE;
        }
        taste
    }

    /// Add `weight` times a leaning.
    pub fn lean(&mut self, leaning: &Leaning, weight: f64) {
        for (genre, stars) in leaning.genres {
            self.genres[*genre as usize] += weight * stars;
        }
        for (own, stars) in self.eras.iter_mut().zip(leaning.eras) {
            *own += weight * stars;
        }
    }

    /// Add `weight` times a cluster's taste.
    pub fn join(&mut self, cluster: &Cluster, weight: f64, list: &List) {
        self.lean(&cluster.leaning, weight);
        self.acclaim += weight * cluster.acclaim;
        self.fame += weight * cluster.fame;
        for name in cluster.people {
            if let Some(person) = list.people.get(*name) {
                self.people[*person] += weight * FOLLOWED;
            }
        }
    }

    /// Return the stars above or below the rater's average, without noise. The sum over genres is divided by the square
    /// root of their number.
    pub fn stars(&self, film: &Film) -> f64 {
        let genres = film.genres.iter().map(|genre| self.genres[*genre as usize]);
        let people = film.people.iter().map(|person| self.people[*person]);
        genres.sum::<f64>() / (film.genres.len() as f64).sqrt()
            + self.eras[era(film.year)]
            + people.sum::<f64>()
            + self.acclaim * (f64::from(film.acclaim) - 3.5)
            + self.fame * (f64::from(film.fame) - 3.0)
    }
}

/// Draw a director or lead of a film, with probability proportional to the film's fame.
fn somebody(list: &List, rng: &mut impl Rng) -> usize {
    let fame: Vec<f64> = list.films.iter().map(|film| f64::from(film.fame)).collect();
    let people = &list.films[weighted(rng, &fame)].people;
    people[rng.random_range(0..people.len())]
}
