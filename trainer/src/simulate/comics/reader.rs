//! An invented reader: who they are, and what they pick.

use super::catalogue::{Catalogue, Comic, LANGUAGES, STATUSES};
use super::cluster::{CLUSTERS, TAGS, neighbour, tags};
use crate::simulate::draw::weighted;
use rand::{Rng, RngExt};

/// Age bands in their order, and the percentage of readers.
pub const AGES: [(&str, f64); 5] =
    [("under 18", 18.0), ("18–24", 30.0), ("25–34", 28.0), ("35–44", 15.0), ("45+", 9.0)];
/// Probability that the language, or the age, is unknown.
const UNKNOWN_FIELD: f64 = 0.1;
/// Index of English in [`LANGUAGES`], and the probability that readers of another language read it too.
const ENGLISH: usize = 0;
const READS_ENGLISH: f64 = 0.6;
/// Factor of a comic's weight per tag: of the first and the second favourite cluster, and of the others.
const AT_HEART: [f64; 2] = [2.6, 2.0];
const ELSEWHERE: f64 = 0.65;
/// Probability that a pick is another comic of an author picked before.
const SAME_AUTHOR: f64 = 0.2;
/// Minimum and maximum number of picks, and about how far the median is above the minimum.
const MIN_PICKS: f64 = 5.0;
const MAX_PICKS: f64 = 200.0;
const MEDIAN_ABOVE_MIN: f64 = 16.0;

pub struct Reader {
    /// As the data has it: `None` where it is unknown, though it affects the picks all the same.
    pub told_language: Option<&'static str>,
    pub told_age: Option<&'static str>,
    /// Whether they read each of [`LANGUAGES`].
    reads: [bool; LANGUAGES.len()],
    /// Factor of a comic's weight, by tag.
    tags: [f64; TAGS],
    /// Whether they prefer completed comics.
    impatient: bool,
}

impl Reader {
    pub fn draw(rng: &mut impl Rng) -> Self {
        let language = weighted(rng, &LANGUAGES.map(|(_, share)| share));
        let age = weighted(rng, &AGES.map(|(_, share)| share));
        let mut reads = [false; LANGUAGES.len()];
        reads[ENGLISH] = rng.random_bool(READS_ENGLISH);
        reads[language] = true;
        Self {
            told_language: (!rng.random_bool(UNKNOWN_FIELD)).then_some(LANGUAGES[language].0),
            told_age: (!rng.random_bool(UNKNOWN_FIELD)).then_some(AGES[age].0),
            reads,
            tags: taste(age, rng),
            impatient: rng.random_bool(0.3),
        }
    }

    /// Draw the indices of the comics they pick, each once.
    pub fn picks(&self, catalogue: &Catalogue, rng: &mut impl Rng) -> Vec<u32> {
        let sums: Vec<f64> = (catalogue.comics.iter())
            .scan(0.0, |sum, comic| {
                *sum += self.weight(comic);
                Some(*sum)
            })
            .collect();
        let total = sums[sums.len() - 1];
        let count = count(rng);
        let mut picks: Vec<u32> = Vec::with_capacity(count);
        while picks.len() < count {
            let next = if !picks.is_empty() && rng.random_bool(SAME_AUTHOR) {
                let earlier = picks[rng.random_range(0..picks.len())] as usize;
                let author = &catalogue.authors[catalogue.comics[earlier].author];
                author.comics[rng.random_range(0..author.comics.len())]
            } else {
                let drawn = rng.random_range(0.0..total);
                sums.partition_point(|sum| *sum <= drawn) as u32
            };
            if !picks.contains(&next) {
                picks.push(next);
            }
        }
        picks
    }

    fn weight(&self, comic: &Comic) -> f64 {
        if !self.reads[comic.language] {
            return 0.0;
        }
        let wait = if self.impatient { STATUSES[comic.status].1 } else { 1.0 };
        comic.tags.iter().fold(comic.fame * wait, |weight, tag| weight * self.tags[*tag])
    }
}

/// Draw the factors of all tags: each reader has a favourite cluster, two of three have a second one, more often a
/// neighbour of the first, and all tags vary at random.
fn taste(age: usize, rng: &mut impl Rng) -> [f64; TAGS] {
    let mut taste = [(); TAGS].map(|()| ELSEWHERE * rng.random_range(0.6..1.4));
    let shares = CLUSTERS.each_ref().map(|cluster| cluster.shares[age]);
    let first = weighted(rng, &shares);
    let second = if rng.random_bool(0.4) { neighbour(first, rng.random_bool(0.5)) } else { weighted(rng, &shares) };
    let both = rng.random_bool(2.0 / 3.0) && second != first;
    for (cluster, factor) in [first, second].into_iter().zip(AT_HEART).take(1 + usize::from(both)) {
        tags(cluster).for_each(|tag| taste[tag] *= factor / ELSEWHERE);
    }
    taste
}

/// Draw the number of picks: most readers have few, with a median of about 20.
fn count(rng: &mut impl Rng) -> usize {
    let span = MAX_PICKS + 1.0 - MIN_PICKS;
    let u = rng.random_range(0.0..span / (span + MEDIAN_ABOVE_MIN));
    (MIN_PICKS + MEDIAN_ABOVE_MIN * u / (1.0 - u)) as usize
}
