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

/// Settings of the baselines for picks, each from a number of picks on.
#[derive(Clone, Debug, PartialEq)]
pub struct PickSettings {
    /// Settings of ItemKNN; empty to leave out the method whose settings are chosen.
    pub knn: Vec<(usize, KnnPickSettings)>,
    /// Weight of the squared weights of EASE.
    pub ease: Vec<(usize, f32)>,
    /// Settings of implicit ALS.
    pub als: Vec<(usize, AlsSettings)>,
}

impl Default for PickSettings {
    /// Return settings that are good on MovieLens-1M.
    fn default() -> Self {
        Self { knn: Vec::new(), ease: vec![(0, Ease::RIDGES[0])], als: vec![(0, AlsSettings::CHOICES[0])] }
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
        let knn = ItemKnn::fit("", picks, KnnPickSettings::COSINE);
        let ease = match picks.items <= Ease::MAX_ITEMS {
            true => by_count(&tasks, &Ease::RIDGES, |ridge| Box::new(Ease::fit(picks, ridge))),
            false => Self::default().ease,
        };
        Self {
            knn: by_count(&tasks, &KnnPickSettings::choices(), |settings| Box::new(knn.with("", settings))),
            ease,
            als: by_count(&tasks, &AlsSettings::CHOICES, |settings| Box::new(ImplicitAls::fit(picks, settings))),
        }
    }
}

/// Return the best of `choices` for each number of picks in [`ANSWERS`], whose tasks are `tasks`.
fn by_count<S: Copy>(
    tasks: &[Vec<TuningTask>; ANSWERS.len()],
    choices: &[S],
    fit: impl Fn(S) -> Box<dyn PickBaseline>,
) -> Vec<(usize, S)> {
    let scores = |&settings: &S| {
        let fitted = fit(settings);
        (settings, tasks.each_ref().map(|tasks| ndcg(&*fitted, tasks)))
    };
    let scored: Vec<(S, [f64; ANSWERS.len()])> = choices.iter().map(scores).collect();
    let best = |count: usize| highest(scored.iter().map(|(settings, scores)| (*settings, scores[count])));
    ANSWERS.into_iter().enumerate().map(|(index, count)| (count, best(index))).collect()
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
        highest(Self::CHOICES.iter().flat_map(of))
    }
}

/// Return the choice with the highest score, the first of equal ones.
fn highest<T>(mut scored: impl Iterator<Item = (T, f64)>) -> T {
    let first = scored.next().expect("at least one choice");
    scored.fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
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
