//! A simulated rater: who they are, and how they rate a film.

use super::age::{AGES, Age};
use super::cluster::{CLUSTERS, Cluster};
use super::company::{COMPANIES, Company};
use super::list::{Film, List};
use super::taste::Taste;
use crate::simulate::draw::{normal, weighted};
use rand::{Rng, RngExt};

/// Stars of an average film from an average rater; films that raters choose to see get more.
const AVERAGE: f64 = 2.85;
/// Standard deviation of the raters' averages, in stars.
const KINDNESS: f64 = 0.3;
/// Standard deviation of the noise, in stars.
const NOISE: f64 = 0.6;
/// Probability that the age, or the company, is unknown.
const UNKNOWN_FIELD: f64 = 0.05;
/// Probability that a rater belongs to two clusters, and the weights of both; a single cluster has weight 1.
const TWO_CLUSTERS: f64 = 0.5;
const WEIGHTS: [f64; 2] = [0.75, 0.5];

pub struct Rater {
    /// As the data has it: `None` where it is unknown, though it affects the ratings all the same.
    pub told_age: Option<&'static str>,
    pub told_company: Option<&'static str>,
    pub age: &'static Age,
    pub taste: Taste,
    /// Stars for a film that they neither like nor dislike.
    average: f64,
}

impl Rater {
    pub fn draw(list: &List, rng: &mut impl Rng) -> Self {
        let band = weighted(rng, &AGES.each_ref().map(|age| age.share));
        let age = &AGES[band];
        let shares = COMPANIES.each_ref().map(|company| company.shares[band]);
        let company = &COMPANIES[weighted(rng, &shares)];

        let mut taste = Taste::own(list, rng);
        taste.lean(&age.leaning, 1.0);
        taste.lean(&company.leaning, 1.0);
        join_clusters(&mut taste, age, company, list, rng);
        Self {
            told_age: (!rng.random_bool(UNKNOWN_FIELD)).then_some(age.name),
            told_company: (!rng.random_bool(UNKNOWN_FIELD)).then_some(company.name),
            age,
            taste,
            average: AVERAGE + KINDNESS * normal(rng),
        }
    }

    /// Draw a rating in whole stars, 1 to 5.
    pub fn rate(&self, film: &Film, rng: &mut impl Rng) -> f32 {
        let stars = self.average + self.taste.stars(film) + NOISE * normal(rng);
        stars.round().clamp(1.0, 5.0) as f32
    }
}

fn join_clusters(taste: &mut Taste, age: &Age, company: &Company, list: &List, rng: &mut impl Rng) {
    let mut weights = CLUSTERS.each_ref().map(|it| likelihood(it, age, company));
    let first = weighted(rng, &weights);
    if rng.random_bool(TWO_CLUSTERS) {
        weights[first] = 0.0;
        let second = weighted(rng, &weights);
        for (cluster, weight) in [first, second].into_iter().zip(WEIGHTS) {
            taste.join(&CLUSTERS[cluster], weight, list);
        }
    } else {
        taste.join(&CLUSTERS[first], 1.0, list);
    }
}

/// Return the weight of a cluster for a rater of this age and company: larger if their leanings agree.
fn likelihood(cluster: &Cluster, age: &Age, company: &Company) -> f64 {
    let agreement = age.leaning.agreement(&cluster.leaning) + company.leaning.agreement(&cluster.leaning);
    let affinity = (1.0 + agreement).max(0.15);
    cluster.share * affinity * affinity
}
