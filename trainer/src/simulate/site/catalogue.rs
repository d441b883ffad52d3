//! Items with their traits and popularity.

use crate::simulate::draw::normal;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use std::fmt::Write as _;

/// Number of an item's traits, and of a user's tastes.
pub const TASTES: usize = 8;

const GENRES: usize = 20;
const MAX_GENRES: usize = 3;
const YEARS: std::ops::Range<u32> = 1950..2025;

/// Standard deviation of the items' levels, in stars.
const LEVEL: f64 = 0.4;
/// Share of an item's traits that is its own rather than its genres'.
const OWN: f64 = 0.6;
/// Shift of ranks in Zipf's law (Mandelbrot): the most popular items are about equally popular.
const HEAD: usize = 50;

pub struct Item {
    /// Nearly normal numbers.
    pub traits: [f32; TASTES],
    /// Stars above the average item.
    pub level: f32,
    genres: Vec<usize>,
    year: u32,
}

pub struct Catalogue {
    pub items: Vec<Item>,
    /// Items from the most to the least popular.
    ranked: Vec<u32>,
    /// Cumulative popularity by rank, not normalised.
    chances: Vec<f64>,
}

impl Catalogue {
    pub fn draw(items: usize, rng: &mut impl Rng) -> Self {
        let genres: Vec<[f32; TASTES]> = (0..GENRES).map(|_| normals(rng)).collect();
        let drawn = (0..items).map(|_| Item::draw(&genres, rng)).collect();
        let mut ranked: Vec<u32> = (0..items as u32).collect();
        ranked.shuffle(rng);
        let chance = |sum: &mut f64, rank| {
            *sum += 1.0 / (rank + HEAD) as f64;
            Some(*sum)
        };
        Self { items: drawn, ranked, chances: (1..=items).scan(0.0, chance).collect() }
    }

    /// Draw an item with probability proportional to its popularity.
    pub fn any(&self, rng: &mut impl Rng) -> usize {
        let all = self.chances[self.chances.len() - 1];
        let drawn = rng.random_range(0.0..all);
        self.ranked[self.chances.partition_point(|&chance| chance <= drawn)] as usize
    }

    /// Return the text of `items.csv`.
    pub fn csv(&self) -> String {
        let mut text = "id,title,genres,year\n".to_owned();
        for (at, Item { genres, year, .. }) in self.items.iter().enumerate() {
            let genres: Vec<String> = genres.iter().map(|genre| format!("genre-{}", genre + 1)).collect();
            writeln!(text, "i{at},Item {at},{},{year}", genres.join("|")).expect("writing to a String succeeds");
        }
        text
    }
}

impl Item {
    fn draw(all_genres: &[[f32; TASTES]], rng: &mut impl Rng) -> Self {
        let count = rng.random_range(1..=MAX_GENRES);
        let mut genres: Vec<usize> = (0..count).map(|_| rng.random_range(0..GENRES)).collect();
        genres.sort_unstable();
        genres.dedup();
        let mut traits = normals(rng).map(|own| OWN as f32 * own);
        // The factor makes the sum of the squared shares 1.
        let share = ((1.0 - OWN * OWN) / genres.len() as f64).sqrt() as f32;
        for &genre in &genres {
            traits.iter_mut().zip(&all_genres[genre]).for_each(|(it, of_genre)| *it += share * of_genre);
        }
        Self { traits, level: (LEVEL * normal(rng)) as f32, genres, year: rng.random_range(YEARS) }
    }
}

/// Draw independent, nearly normal numbers with standard deviation 1.
pub fn normals(rng: &mut impl Rng) -> [f32; TASTES] {
    std::array::from_fn(|_| normal(rng) as f32)
}
