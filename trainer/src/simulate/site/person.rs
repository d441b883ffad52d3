//! A user: fields, tastes, and how they choose and rate items.

use super::catalogue::{Catalogue, Item, TASTES, normals};
use crate::simulate::draw::normal;
use rand::{Rng, RngExt};

const AGES: usize = 6;
const REGIONS: usize = 12;
/// Probability that a field is unknown.
const UNKNOWN_FIELD: f64 = 0.05;

/// Stars that an average user gives an average item.
const AVERAGE: f32 = 3.3;
/// Standard deviation of the users' levels, in stars.
const KINDNESS: f64 = 0.4;
/// Standard deviation of a taste, in stars per trait: of the user's own part, and of each field's part.
const OWN: f32 = 0.14;
const FIELD: f32 = 0.05;
/// Standard deviation of the noise, in stars.
const NOISE: f64 = 0.75;

/// What users share: the tastes of ages and regions.
pub struct People {
    ages: Vec<[f32; TASTES]>,
    regions: Vec<[f32; TASTES]>,
}

pub struct Person {
    age: usize,
    region: usize,
    tells: [bool; 2],
    tastes: [f32; TASTES],
    level: f32,
}

impl People {
    pub fn draw(rng: &mut impl Rng) -> Self {
        let mut leanings = |count| (0..count).map(|_| normals(rng)).collect();
        Self { ages: leanings(AGES), regions: leanings(REGIONS) }
    }
}

impl Person {
    pub fn draw(people: &People, rng: &mut impl Rng) -> Self {
        let (age, region) = (rng.random_range(0..AGES), rng.random_range(0..REGIONS));
        let own = normals(rng);
        let leaning = |k: usize| people.ages[age][k] + people.regions[region][k];
        Self {
            age,
            region,
            tells: [(); 2].map(|()| !rng.random_bool(UNKNOWN_FIELD)),
            tastes: std::array::from_fn(|k| OWN * own[k] + FIELD * leaning(k)),
            level: AVERAGE + (KINDNESS * normal(rng)) as f32,
        }
    }

    /// Return age and region as `users.csv` has them; empty where unknown.
    pub fn told(&self) -> [String; 2] {
        let age = format!("{}-{}", 10 * self.age + 10, 10 * self.age + 19);
        let region = format!("region-{}", self.region + 1);
        let [tells_age, tells_region] = self.tells;
        [if tells_age { age } else { String::new() }, if tells_region { region } else { String::new() }]
    }

    /// Draw the next item that they rate, of those that are `left`: of two items that they come across, the one that
    /// suits them more.
    pub fn choose(&self, catalogue: &Catalogue, left: impl Fn(usize) -> bool, rng: &mut impl Rng) -> usize {
        loop {
            let [a, b] = [catalogue.any(rng), catalogue.any(rng)];
            let chosen = if self.stars(&catalogue.items[a]) < self.stars(&catalogue.items[b]) { b } else { a };
            if left(chosen) {
                return chosen;
            }
        }
    }

    /// Draw a rating in half stars, 1 to 10.
    pub fn rate(&self, item: &Item, rng: &mut impl Rng) -> usize {
        let stars = self.stars(item) + (NOISE * normal(rng)) as f32;
        (2.0 * stars).round().clamp(1.0, 10.0) as usize
    }

    fn stars(&self, item: &Item) -> f32 {
        let taste: f32 = self.tastes.iter().zip(&item.traits).map(|(taste, it)| taste * it).sum();
        self.level + item.level + taste
    }
}
