//! How much neighbours should weigh: chosen by nDCG@10 on held-out users.

use super::data::LIKE;
use super::held_out::{HeldOutTask, LISTED, ndcg};
use crate::ranks;
use fewclicks_model::halves::{Choice, Neighbours};
use std::collections::BTreeMap;

/// The weights that are tried, in ascending order.
const WEIGHTS: [f32; 12] = [0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 18.0, 27.0, 40.0, 60.0];

/// Choose w_n for a `choice` without neighbours, of users who were held out of it and of `neighbours`. Of the weights whose
/// nDCG@10 is within a standard error over users of the best, return the least.
pub fn choose(choice: &Choice, neighbours: &Neighbours, users: &[Vec<HeldOutTask>]) -> f32 {
    let measured: Vec<[f64; WEIGHTS.len()]> =
        ranks::map(users.len(), |user| measure_user(choice, neighbours, &users[user]));
    let sum = |index: usize| measured.iter().map(|user| user[index]).sum::<f64>();
    let best = (0..WEIGHTS.len()).fold(0, |best, index| if sum(index) > sum(best) { index } else { best });
    let is_near = |&index: &usize| {
        let losses: Vec<f64> = measured.iter().map(|user| user[best] - user[index]).collect();
        let (mean, error) = mean_and_error(&losses);
        mean <= error
    };
    WEIGHTS[(0..best).find(is_near).unwrap_or(best)]
}

/// Return the mean and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
    (mean, (variance / count).sqrt())
}

/// Return the sum of nDCG@10 of a user's tasks by weight.
fn measure_user(choice: &Choice, neighbours: &Neighbours, tasks: &[HeldOutTask]) -> [f64; WEIGHTS.len()] {
    let mut sums = [0.0; WEIGHTS.len()];
    for task in tasks {
        sums.iter_mut().zip(measure(choice, neighbours, task)).for_each(|(sum, ndcg)| *sum += ndcg);
    }
    sums
}

/// Return nDCG@10 of a task by weight. Items whose score does not change keep their rank among each other, so that the first
/// ten of them suffice.
fn measure(choice: &Choice, neighbours: &Neighbours, task: &HeldOutTask) -> [f64; WEIGHTS.len()] {
    let scores = choice.scores(&choice.adapt(&task.user, &task.support));
    let given = |item: usize| task.support.iter().any(|&(other, _)| other == item);
    let liked = task.support.iter().filter(|&&(_, level)| level >= usize::from(LIKE));
    let mut gains: BTreeMap<usize, f32> = BTreeMap::new();
    for (other, strength) in liked.flat_map(|&(item, _)| neighbours.of(item)).filter(|&(other, _)| !given(other)) {
        *gains.entry(other).or_default() += strength;
    }
    let mut rest: Vec<(usize, f32)> = scores.iter().copied().enumerate().collect();
    rest.retain(|(item, _)| !given(*item) && !gains.contains_key(item));
    if rest.len() > LISTED {
        rest.select_nth_unstable_by(LISTED, |a, b| b.1.total_cmp(&a.1));
        rest.truncate(LISTED);
    }
    WEIGHTS.map(|weight| {
        let changed = gains.iter().map(|(&item, gain)| (item, scores[item] + weight * gain));
        ndcg(rest.iter().copied().chain(changed).collect(), &task.likes)
    })
}
