//! The settings of baselines, chosen on users who are left out of fitting.

use super::baseline::{PickBaseline, RatingBaseline, Ratings};
use super::ease::Ease;
use super::implicit_als::{AlsSettings, ImplicitAls};
use super::item_knn::{ItemKnn, KnnPickSettings};
use super::item_knn_ratings::{ItemKnnRatings, KnnSettings};
use super::item_means::ItemMeans;
use super::picks::{Picks, only_items};
use super::tuning::{ANSWERS, TuningTask, tuning_tasks};
use crate::metrics::PickMetrics;
use crate::predict::best;
use rayon::prelude::*;

/// Settings of the baselines for picks.
#[derive(Clone, Debug, PartialEq)]
pub struct PickSettings {
    /// Settings of ItemKNN, each from a number of picks on; empty to leave out the chosen one.
    pub knn: Vec<(usize, KnnPickSettings)>,
    /// Weight of the squared weights of EASE.
    pub ease: f32,
    /// Settings of implicit ALS.
    pub als: AlsSettings,
}

impl Default for PickSettings {
    /// Return settings that are good on MovieLens-1M.
    fn default() -> Self {
        Self { knn: Vec::new(), ease: Ease::RIDGES[0], als: AlsSettings::CHOICES[0] }
    }
}

impl PickSettings {
    /// Choose settings by nDCG@10 on the picks `held_out` of `users`, whose picks are not in `picks`. Without such users
    /// return the default.
    pub fn choose(picks: Picks, held_out: &[Vec<(u32, f32)>], users: &[usize], seed: u64) -> Self {
        let tasks = ANSWERS.map(|answers| tuning_tasks(held_out, users, answers, seed));
        if tasks[0].is_empty() {
            return Self::default();
        }
        let all = |baseline: &dyn PickBaseline| -> f64 { tasks.iter().map(|tasks| ndcg(baseline, tasks)).sum() };
        let knn = ItemKnn::fit("", picks, Vec::new());
        let choice = |tasks: &Vec<TuningTask>| {
            let score = |settings: KnnPickSettings| ndcg(&knn.with(settings), tasks);
            highest(KnnPickSettings::choices(), score)
        };
        let ease = |ridge| if picks.items <= Ease::MAX_ITEMS { all(&Ease::fit(picks, ridge)) } else { 0.0 };
        Self {
            knn: ANSWERS.into_iter().zip(tasks.iter().map(choice)).collect(),
            ease: highest(Ease::RIDGES.into(), ease),
            als: highest(AlsSettings::CHOICES.into(), |settings| all(&ImplicitAls::fit(picks, settings))),
        }
    }
}

impl KnnSettings {
    /// Choose settings by RMSE on the ratings `held_out` of `users`, whose ratings are not in `ratings`.
    pub fn choose(ratings: Ratings, held_out: &[Vec<(u32, f32)>], users: &[usize], seed: u64) -> Self {
        let means = ItemMeans::fit(ratings, ratings.item_fields, &[]);
        let tasks: Vec<TuningTask> =
            ANSWERS.iter().flat_map(|&answers| tuning_tasks(held_out, users, answers, seed)).collect();
        let of = |choices: &[Self; 5]| {
            let knn = ItemKnnRatings::fit(ratings, &means, choices[0]);
            choices.map(|settings| (settings, -squared_error(&knn.with(settings), &ratings, &tasks)))
        };
        let scored: Vec<(Self, f64)> = Self::CHOICES.iter().flat_map(of).collect();
        let score =
            |settings: Self| scored.iter().find(|(of, _)| *of == settings).map_or(f64::NAN, |(_, score)| *score);
        highest(scored.iter().map(|&(settings, _)| settings).collect(), score)
    }
}

/// Return the choice with the highest score; the first of equal ones.
fn highest<T: Copy>(choices: Vec<T>, score: impl Fn(T) -> f64) -> T {
    let scored: Vec<(T, f64)> = choices.into_iter().map(|choice| (choice, score(choice))).collect();
    let first = scored[0];
    scored.into_iter().fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
}

fn ndcg(baseline: &dyn PickBaseline, tasks: &[TuningTask]) -> f64 {
    let of = |task: &TuningTask| {
        let listed = best(&baseline.scores(&only_items(&task.support)), &task.support);
        PickMetrics::of([(&listed[..], &only_items(&task.query)[..])].into_iter()).ndcg10
    };
    // Collected before summing, so that the order of the sum does not depend on threads.
    let each: Vec<f64> = tasks.par_iter().map(of).collect();
    each.iter().sum::<f64>() / tasks.len().max(1) as f64
}

fn squared_error(baseline: &dyn RatingBaseline, ratings: &Ratings, tasks: &[TuningTask]) -> f64 {
    let of = |task: &TuningTask| {
        let nobody = Vec::new();
        let user = ratings.user_fields.get(task.user).unwrap_or(&nobody);
        let predicted = baseline.predict(user, &task.support, &only_items(&task.query));
        predicted.iter().zip(&task.query).map(|(p, (_, r))| f64::from(p - r).powi(2)).sum::<f64>()
    };
    let each: Vec<f64> = tasks.par_iter().map(of).collect();
    each.iter().sum()
}
