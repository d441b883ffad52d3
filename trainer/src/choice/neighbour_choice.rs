//! Whether neighbours help, and how much they should weigh: chosen by nDCG@10 on held-out users.

use super::cooccurrence::{Cooccurrence, Strength};
use super::data::{ChoiceData, LIKE};
use super::held_out::{ANSWERS, HeldOutTask, ndcg};
use fewclicks_model::halves::{Choice, Neighbours};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shrinkages and powers that are tried.
const SHRINKAGES: [f32; 3] = [0.0, 5.0, 20.0];
const POWERS: [f32; 3] = [0.5, 0.7, 0.9];

/// The weights that are tried, apart from 0, in units of the standard deviation of scores over the sum of a list.
const WEIGHTS: [f32; 9] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 16.0];

/// The standard errors by which neighbours must help.
const NEEDED: f64 = 1.0;

/// The neighbours that were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeighbourChoice {
    /// How strengths are computed.
    pub strength: Strength,
    /// w_n for each of [`ANSWERS`].
    pub weights: [f32; ANSWERS.len()],
}

/// Choose for a `choice` without neighbours that the users of `tasks` were held out of. `data` has the other users. Return
/// `None` where neighbours do not help.
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
    let mut best: Option<(f64, NeighbourChoice)> = None;
    for (index, &strength) in strengths.iter().enumerate() {
        let chosen: Vec<usize> =
            (0..ANSWERS.len()).map(|answers| best_weight(tasks, &measured, index, answers)).collect();
        let gains: Vec<f64> =
            tasks.iter().zip(&measured).map(|(task, m)| m[index][chosen[task.answers]] - m[index][0]).collect();
        let (mean, error) = mean_and_error(&gains);
        if mean > NEEDED * error && best.as_ref().is_none_or(|(other, _)| mean > *other) {
            let weights = std::array::from_fn(|answers| WEIGHTS[chosen[answers]]);
            best = Some((mean, NeighbourChoice { strength, weights }));
        }
    }
    best.map(|(_, choice)| choice)
}

/// Return the index of the weight with the highest mean for a number of answers, where the numbers next to it count half.
fn best_weight(
    tasks: &[HeldOutTask],
    measured: &[Vec<[f64; WEIGHTS.len()]>],
    strength: usize,
    answers: usize,
) -> usize {
    let mut sums = [0.0; WEIGHTS.len()];
    for (task, measured) in tasks.iter().zip(measured) {
        let share = match task.answers.abs_diff(answers) {
            0 => 1.0,
            1 => 0.5,
            _ => continue,
        };
        sums.iter_mut().zip(&measured[strength]).for_each(|(sum, x)| *sum += share * x);
    }
    (0..sums.len()).fold(0, |best, k| if sums[k] > sums[best] { k } else { best })
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
        if rest.len() > 10 {
            rest.select_nth_unstable_by(10, |a, b| b.1.total_cmp(&a.1));
            rest.truncate(10);
        }
        WEIGHTS.map(|weight| {
            let changed = gains.iter().map(|(&item, gain)| (item, scores[item as usize] + weight * gain));
            ndcg(rest.iter().copied().chain(changed).collect(), &task.likes)
        })
    };
    neighbours.iter().map(of).collect()
}

impl NeighbourChoice {
    /// Return w_n for n from 0 to the last of [`ANSWERS`], linear between those.
    pub fn weights_by_count(&self) -> Vec<f32> {
        let weight = |count: usize| {
            let next = ANSWERS.partition_point(|&answers| answers < count);
            let Some(before) = next.checked_sub(1) else { return self.weights[0] };
            let share = (count - ANSWERS[before]) as f32 / (ANSWERS[next] - ANSWERS[before]) as f32;
            self.weights[before] + share * (self.weights[next] - self.weights[before])
        };
        (0..=ANSWERS[ANSWERS.len() - 1]).map(weight).collect()
    }
}
