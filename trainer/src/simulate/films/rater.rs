//! One simulated rater: who they are, and what they give a film.

use super::age::{AGES, Age};
use super::cluster::{CLUSTERS, Cluster};
use super::company::{COMPANIES, Company};
use super::list::{Film, List};
use super::taste::Taste;
use crate::simulate::draw::{normal, weighted};
use rand::{Rng, RngExt};

/// Stars of an average film from an average rater; who chooses what they see gives more.
const AVERAGE: f64 = 2.85;
/// Deviation of the raters' averages: some are kind, some are strict.
const KINDNESS: f64 = 0.3;
/// Deviation of what nothing explains.
const MOOD: f64 = 0.6;
/// How likely an age, or the company, is not told.
const UNTOLD: f64 = 0.05;
/// How likely a rater is of two clusters, and the weights of both; the only cluster of the others weighs 1.
const TWO_CLUSTERS: f64 = 0.5;
const WEIGHTS: [f64; 2] = [0.75, 0.5];

pub struct Rater {
    /// As told: `None` where they kept it to themselves, though it matters all the same.
    pub told_age: Option<&'static str>,
    pub told_company: Option<&'static str>,
    pub age: &'static Age,
    pub taste: Taste,
    /// What they give a film that they neither like nor dislike.
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
            told_age: (!rng.random_bool(UNTOLD)).then_some(age.name),
            told_company: (!rng.random_bool(UNTOLD)).then_some(company.name),
            age,
            taste,
            average: AVERAGE + KINDNESS * normal(rng),
        }
    }

    /// Whole stars, 1 to 5.
    pub fn rate(&self, film: &Film, rng: &mut impl Rng) -> f32 {
        let stars = self.average + self.taste.stars(film) + MOOD * normal(rng);
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

/// How likely somebody of this age and company belongs to a cluster: more, the more these lean the same way.
fn likelihood(cluster: &Cluster, age: &Age, company: &Company) -> f64 {
    let agreement = age.leaning.agreement(&cluster.leaning) + company.leaning.agreement(&cluster.leaning);
    let affinity = (1.0 + agreement).max(0.15);
    cluster.share * affinity * affinity
}
