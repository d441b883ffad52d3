//! The greedy strategy: adds the item that lowers the measured error of training users most, given what each of them
//! can answer.

use crate::data::tasks_file::TaskRows;
use crate::encode::{Encoded, by_popularity};
use crate::metrics::PickMetrics;
use crate::predict::{Predictor, best};
use crate::progress::Progress;
use crate::rng::{Purpose, stream};
use fewclicks_model::adapt::Feedback;
use fewclicks_model::recommender::Recommender;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use std::collections::HashMap;
use std::slice;

/// Number of users to measure on: half of a user's ratings can be asked for, the other half is the query set.
const USERS: usize = 400;

/// Only the most popular items are candidates.
const POOL: usize = 100;

/// Users with fewer ratings are left out.
const MIN_RATINGS: usize = 20;

/// A user, and what has been answered so far.
struct Visitor {
    task: TaskRows,
    known: HashMap<u32, f32>,
    answers: Vec<(u32, f32)>,
    error: f64,
}

impl Visitor {
    /// Compute the error with one more answer; `None` if the user cannot answer.
    fn error_after(&self, model: &Recommender, item: u32) -> Option<f64> {
        let &rating = self.known.get(&item)?;
        let answers = [&self.answers[..], &[(item, rating)]].concat();
        Some(error(model, &self.task, &answers))
    }
}

/// Return the best `count` items to ask about, in order. Evaluates lazily: as the gain
/// of an item rarely grows with more answers, it is measured again only if its last gain would still be the largest.
pub fn list(model: &Recommender, encoded: &Encoded, count: usize, seed: u64) -> Vec<usize> {
    let mut visitors = visitors(model, encoded, seed);
    let pool: Vec<u32> = by_popularity(&encoded.popularity).into_iter().take(POOL).map(|item| item as u32).collect();
    let gain = |visitors: &[Visitor], item: u32| -> f64 {
        let gains = visitors.par_iter().map(|v| v.error_after(model, item).map_or(0.0, |error| v.error - error));
        // Collected before summing, so that the order of the sum does not depend on threads.
        gains.collect::<Vec<f64>>().iter().sum()
    };
    let mut bounds: Vec<(f64, usize)> = vec![(f64::INFINITY, usize::MAX); pool.len()];
    let mut chosen = Vec::new();
    let count = count.min(pool.len());
    let mut progress = Progress::new("greedy list");
    while chosen.len() < count {
        let open = (0..pool.len()).filter(|&k| !chosen.contains(&(pool[k] as usize)));
        let best = open
            .max_by(|&a, &b| bounds[a].0.total_cmp(&bounds[b].0).then(b.cmp(&a)))
            .expect("the pool has more items than are chosen");
        if bounds[best].1 != chosen.len() {
            bounds[best] = (gain(&visitors, pool[best]), chosen.len());
            continue;
        }
        chosen.push(pool[best] as usize);
        visitors.par_iter_mut().for_each(|visitor| {
            if let Some(error) = visitor.error_after(model, pool[best]) {
                visitor.answers.push((pool[best], visitor.known[&pool[best]]));
                visitor.error = error;
            }
        });
        progress.show(chosen.len(), count);
    }
    progress.finish("");
    chosen
}

fn visitors(model: &Recommender, encoded: &Encoded, seed: u64) -> Vec<Visitor> {
    let mut users: Vec<usize> =
        (0..encoded.users.len()).filter(|&user| encoded.ratings[user].len() >= MIN_RATINGS).collect();
    users.shuffle(&mut stream(seed, Purpose::Greedy, 0, 0));
    users.truncate(USERS);
    let visitor = |&user: &usize| {
        let mut known = encoded.ratings[user].clone();
        known.shuffle(&mut stream(seed, Purpose::Greedy, 1, user as u64));
        let query = known.split_off(known.len() / 2);
        let task = TaskRows { user: encoded.users[user].clone(), support: Vec::new(), query };
        let error = error(model, &task, &[]);
        Visitor { task, known: known.into_iter().collect(), answers: Vec::new(), error }
    };
    users.par_iter().map(visitor).collect()
}

/// Compute the error that is minimised: the squared error of the query set after `answers`, as a share of the scale, or
/// for picks 1 − nDCG@10.
fn error(model: &Recommender, task: &TaskRows, answers: &[(u32, f32)]) -> f64 {
    match model.feedback() {
        Feedback::Picks => {
            let listed = best(&Predictor::scores(model, &task.user, answers), answers);
            1.0 - PickMetrics::of_tasks(&[listed], slice::from_ref(task)).ndcg10
        }
        Feedback::Ratings => {
            let predicted = model.ratings(&task.user, answers, &task.query_items());
            let scale = model.scale();
            let span = f64::from(scale.max - scale.min);
            let error = |(&p, &(_, r)): (&f32, &(u32, f32))| ((f64::from(p) - f64::from(r)) / span).powi(2);
            predicted.iter().zip(&task.query).map(error).sum::<f64>() / task.query.len().max(1) as f64
        }
    }
}
