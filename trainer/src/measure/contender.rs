//! Contenders: the baselines, the model, and optionally the model of a second run.

use super::adapters::{Lists, Rates};
use crate::baselines::{
    GROUP_MEAN, KnnSettings, PickSettings, Picks, Ratings, item_fields, only_items, pick_baselines, rating_baselines,
    tuning_users, without_users,
};
use crate::data::Feedback;
use crate::encode::Encoded;
use crate::metrics::Opinions;
use crate::predict::Predictor;
use crate::train::{Loaded, readout};
use fewclicks_model::model::readout::Readout;
use serde::Serialize;

/// The role of a contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A method without meta-learning, fitted to the same training data.
    Baseline,
    /// The run that is measured.
    Model,
    /// A second run.
    Beside,
}

/// A model or baseline that is measured.
pub struct Contender {
    /// Name, as tables show it.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether it predicts from the fields of users.
    pub uses_fields: bool,
    /// What predicts.
    pub predictor: Box<dyn Predictor>,
}

impl std::fmt::Debug for Contender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contender").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

impl Contender {
    /// Name a model that was trained on `encoded`.
    pub fn model(name: &str, role: Role, predictor: Box<dyn Predictor>, encoded: &Encoded) -> Self {
        let uses_fields = !encoded.user_vocabularies.is_empty();
        Self { name: name.into(), role, uses_fields, predictor }
    }

    /// Fit all baselines for `feedback`, simplest first: for ratings those that predict them, and those that recommend from
    /// what was liked. Settings and read-outs are fitted on training users whom the baselines do not learn from then;
    /// the baselines themselves learn from all.
    pub fn baselines(loaded: &Loaded, feedback: Feedback, seed: u64) -> Vec<Self> {
        let Loaded { data, encoded, .. } = loaded;
        let held_out = tuning_users(&encoded.ratings, seed);
        match feedback {
            Feedback::Picks => listing(encoded, &held_out, seed),
            Feedback::Ratings => {
                let mut all = rating(loaded, &item_fields(&data.items), &held_out, seed);
                all.extend(listing(encoded, &held_out, seed));
                all
            }
        }
    }
}

fn rating(
    loaded: &Loaded,
    item_fields: &[fewclicks_model::network::task::Rows],
    held_out: &[usize],
    seed: u64,
) -> Vec<Contender> {
    let encoded = &loaded.encoded;
    let items = encoded.popularity.len();
    let of = |users| Ratings { users, items, item_fields, user_fields: &encoded.users };
    let rest = without_users(&encoded.ratings, held_out);
    let knn = KnnSettings::choose(of(&rest), &encoded.ratings, held_out, seed);
    let answers = encoded.shard.lists(&encoded.ratings, held_out);
    let rates = |baseline, readout| Rates { baseline, readout, items: items as u32 };
    let fit_readout =
        |baseline| -> Option<Readout> { readout::fit_on(&rates(baseline, None), encoded, held_out, &answers, seed) };
    let readouts: Vec<Option<Readout>> = rating_baselines(of(&rest), knn).into_iter().map(fit_readout).collect();
    let contender = |(baseline, readout): (Box<dyn crate::baselines::RatingBaseline>, _)| Contender {
        name: baseline.name().into(),
        role: Role::Baseline,
        uses_fields: baseline.name() == GROUP_MEAN,
        predictor: Box::new(rates(baseline, readout)),
    };
    rating_baselines(of(&encoded.ratings), knn).into_iter().zip(readouts).map(contender).collect()
}

/// Fit the baselines for picks. Liked ratings count as picks, or all where the model learned from those liked alone.
fn listing(encoded: &Encoded, held_out: &[usize], seed: u64) -> Vec<Contender> {
    let mut all = encoded.ratings.iter().flatten();
    let picked = match all.all(|&(_, rating)| encoded.scale.is_like(rating)) {
        true => f32::NEG_INFINITY,
        false => Opinions::of(encoded.scale.min, encoded.scale.max).liked,
    };
    let items = encoded.popularity.len();
    let likes = |list: &Vec<(u32, f32)>| list.iter().copied().filter(|&(_, r)| r >= picked).collect();
    let picks: Vec<Vec<(u32, f32)>> = encoded.ratings.iter().map(likes).collect();
    let only = |lists: &[Vec<(u32, f32)>]| lists.iter().map(|list| only_items(list)).collect::<Vec<_>>();
    let (users, rest) = (only(&picks), only(&without_users(&picks, held_out)));
    let settings = PickSettings::choose(Picks { users: &rest, items }, &picks, held_out, seed);
    let mut popularity = vec![0.0; items];
    users.iter().flatten().for_each(|&item| popularity[item as usize] += 1.0);
    let contender = |baseline: Box<dyn crate::baselines::PickBaseline>| Contender {
        name: baseline.name().into(),
        role: Role::Baseline,
        uses_fields: false,
        predictor: Box::new(Lists { baseline, picked, popularity: popularity.clone() }),
    };
    pick_baselines(Picks { users: &users, items }, &settings).into_iter().map(contender).collect()
}
