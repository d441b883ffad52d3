//! Whether neighbours help, and how much they should weigh: chosen by nDCG@10 on held-out users.

use super::cooccurrence::{Cooccurrence, Strength};
use super::data::{ChoiceData, LIKE};
use super::held_out::{HeldOutTask, LISTED, ndcg};
use fewclicks_model::halves::{Choice, Neighbours};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shrinkages and powers that are tried.
const SHRINKAGES: [f32; 3] = [0.0, 5.0, 20.0];
const POWERS: [f32; 3] = [0.5, 0.7, 0.9];

/// The weights that are tried, in ascending order.
const WEIGHTS: [f32; 9] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0];

/// The neighbours that were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeighbourChoice {
    /// How strengths are computed.
    pub strength: Strength,
    /// w_n, whatever n.
    pub weight: f32,
}

/// Choose for a `choice` without neighbours that the users of `tasks` were held out of. `data` has the other users. Of
/// the weights that are within a standard error of the best, return the least; `None` for 0.
pub fn choose(choice: &Choice, data: ChoiceData, count: usize, tasks: &[HeldOutTask]) -> Option<NeighbourChoice> {
    let mut strengths = Vec::new();
    for shrinkage in SHRINKAGES {
        strengths.extend(POWERS.map(|power| Strength { shrinkage, power }));
    }
    let neighbours: Vec<Neighbours> =
        strengths.iter().map(|&strength| Cooccurrence::new(data, strength, count).neighbours()).collect();
    // By task, strength and weight.
    let measured: Vec<Vec<[f64; WEIGHTS.len()]>> =
        tasks.par_iter().map(|task| measure(choice, &neighbours, task)).collect();
    let column = |index: usize, weight: usize| measured.iter().map(|m| m[index][weight]).collect::<Vec<f64>>();
    let mut best = (vec![0.0; tasks.len()], 0, 0);
    for index in 0..strengths.len() {
        for weight in 0..WEIGHTS.len() {
            let values = column(index, weight);
            if values.iter().sum::<f64>() > best.0.iter().sum() {
                best = (values, index, weight);
            }
        }
    }
    let (values, index, _) = best;
    let within_error = |weight: &usize| {
        let losses: Vec<f64> = values.iter().zip(column(index, *weight)).map(|(best, other)| best - other).collect();
        let (mean, error) = mean_and_error(&losses);
        mean <= error
    };
    let weight = WEIGHTS[(0..WEIGHTS.len()).find(within_error)?];
    (weight > 0.0).then_some(NeighbourChoice { strength: strengths[index], weight })
}

/// Return the mean and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
    (mean, (variance / count).sqrt())
}

/// Return nDCG@10 of a task by strength and weight. Items whose score does not change keep their rank among each other, so
/// that the first ten of them suffice.
fn measure(choice: &Choice, neighbours: &[Neighbours], task: &HeldOutTask) -> Vec<[f64; WEIGHTS.len()]> {
    let scores = choice.scores(&choice.adapt(&task.user, &task.support));
    let given = |item: usize| task.support.iter().any(|&(other, _)| other == item);
    let liked = || task.support.iter().filter(|&&(_, level)| level >= usize::from(LIKE));
    let of = |neighbours: &Neighbours| {
        let mut gains: BTreeMap<u32, f32> = BTreeMap::new();
        for (other, strength) in liked().flat_map(|&(item, _)| neighbours.of(item)) {
            *gains.entry(other as u32).or_default() += strength;
        }
        gains.retain(|&item, _| !given(item as usize));
        let mut rest: Vec<(u32, f32)> = (0..).zip(scores.iter().copied()).collect();
        rest.retain(|&(item, _)| !given(item as usize) && !gains.contains_key(&item));
        if rest.len() > LISTED {
            rest.select_nth_unstable_by(LISTED, |a, b| b.1.total_cmp(&a.1));
            rest.truncate(LISTED);
        }
        WEIGHTS.map(|weight| {
            let changed = gains.iter().map(|(&item, gain)| (item, scores[item as usize] + weight * gain));
            ndcg(rest.iter().copied().chain(changed).collect(), &task.likes)
        })
    };
    neighbours.iter().map(of).collect()
}
