//! Comics and their authors.

use super::cluster::{CLUSTERS, neighbour, tags};
use super::words::{fresh, pen_name, title};
use crate::simulate::draw::weighted;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use std::collections::HashSet;

/// Languages, and the percentage of authors who write in each.
pub const LANGUAGES: [(&str, f64); 6] =
    [("English", 56.0), ("Spanish", 13.0), ("French", 10.0), ("Portuguese", 8.0), ("German", 7.0), ("Indonesian", 6.0)];
/// Probability that a comic is its author's first.
const DEBUT: f64 = 0.4;
/// Probability that a comic is of its author's usual cluster.
const USUAL: f64 = 0.8;
/// Probability of each tag of a comic's cluster, the most common first, and the factor for tags of a neighbour.
const TAGGED: [f64; 5] = [0.85, 0.6, 0.45, 0.35, 0.25];
const MIXED: f64 = 0.3;
/// Statuses of a comic, and the factor of its weight for impatient readers.
pub const STATUSES: [(&str, f64); 3] = [("ongoing", 0.8), ("completed", 1.6), ("hiatus", 0.3)];
/// Years of the first and the latest comics.
const YEARS: [u16; 2] = [1999, 2025];
/// The fame of the comic at rank r, from 0, is 1 / (r + HEAD).
const HEAD: f64 = 30.0;

pub struct Author {
    pub name: String,
    cluster: usize,
    language: usize,
    /// Indices of their comics in the catalogue.
    pub comics: Vec<u32>,
}

pub struct Comic {
    pub title: String,
    pub author: usize,
    /// Index in [`LANGUAGES`].
    pub language: usize,
    pub tags: Vec<usize>,
    /// Index in [`STATUSES`].
    pub status: usize,
    pub year: u16,
    /// Weight with which readers come across it.
    pub fame: f64,
}

pub struct Catalogue {
    pub comics: Vec<Comic>,
    pub authors: Vec<Author>,
}

impl Catalogue {
    pub fn draw(size: usize, rng: &mut impl Rng) -> Self {
        let mut ranks: Vec<usize> = (0..size).collect();
        ranks.shuffle(rng);
        let mut catalogue = Self { comics: Vec::new(), authors: Vec::new() };
        let (mut titles, mut names) = (HashSet::new(), HashSet::new());
        for rank in ranks {
            if catalogue.authors.is_empty() || rng.random_bool(DEBUT) {
                let name = fresh(&mut names, || pen_name(rng));
                catalogue.authors.push(Author::draw(name, rng));
            }
            let author = match catalogue.authors.last() {
                Some(latest) if latest.comics.is_empty() => catalogue.authors.len() - 1,
                _ => rng.random_range(0..catalogue.authors.len()),
            };
            catalogue.add(author, 1.0 / (rank as f64 + HEAD), &mut titles, rng);
        }
        catalogue
    }

    fn add(&mut self, author: usize, fame: f64, titles: &mut HashSet<String>, rng: &mut impl Rng) {
        let Author { cluster, language, comics, .. } = &mut self.authors[author];
        comics.push(self.comics.len() as u32);
        let cluster = if rng.random_bool(USUAL) { *cluster } else { rng.random_range(0..CLUSTERS.len()) };
        let u: f64 = rng.random_range(0.0..1.0);
        let age = u * u.sqrt();
        let year = YEARS[1] - (age * f64::from(YEARS[1] - YEARS[0] + 1)) as u16;
        self.comics.push(Comic {
            title: fresh(titles, || title(&CLUSTERS[cluster], rng)),
            author,
            language: *language,
            tags: draw_tags(cluster, rng),
            // Older comics are more likely completed.
            status: weighted(rng, &[1.0 - 0.8 * age, 0.2 + 0.8 * age, 0.2]),
            year,
            fame,
        });
    }
}

impl Author {
    fn draw(name: String, rng: &mut impl Rng) -> Self {
        let cluster = weighted(rng, &CLUSTERS.each_ref().map(|cluster| cluster.shares[2]));
        Self { name, cluster, language: weighted(rng, &LANGUAGES.map(|(_, share)| share)), comics: Vec::new() }
    }
}

/// Draw tags of the cluster and sometimes of a neighbour; at least the cluster's first tag.
fn draw_tags(cluster: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut drawn = Vec::new();
    for (cluster, share) in [(cluster, 1.0), (neighbour(cluster, rng.random_bool(0.5)), MIXED)] {
        drawn.extend(tags(cluster).zip(TAGGED).filter(|(_, p)| rng.random_bool(share * p)).map(|(tag, _)| tag));
    }
    if drawn.is_empty() {
        drawn.push(tags(cluster).start);
    }
    drawn
}
