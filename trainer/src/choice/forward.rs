//! The forward pass of a batch, block of items by block.

use super::items::add;
use super::layout::MAX_ANSWERS;
use super::net::Net;
use super::number::Number;
use super::tasks::Task;
use crate::ranks;
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;
use std::ops::Range;

/// A softmax over the catalogue for each user of a batch.
#[derive(Debug)]
pub struct Chances<S> {
    /// e^(score − shift) by block of this rank, (users × items of the block).
    pub blocks: Vec<Array2<S>>,
    /// By block, of all ranks, and user what to multiply those by, so that they sum to 1 over the catalogue.
    factors: Vec<Vec<S>>,
    /// The logarithm of the sum of e^score, (users).
    pub log_sums: Vec<S>,
}

/// What the reverse pass needs of the forward pass.
#[derive(Debug)]
pub struct Forward<S> {
    /// p = softmax(V·u₀ + b), the same for all users, (items).
    pub first: Vec<S>,
    /// Vᵀp, (width).
    pub first_mean: Vec<S>,
    /// Σ w[s]·V_j, (users × width).
    pub chosen: Array2<S>,
    /// Σ w[s], (users).
    pub totals: Vec<S>,
    /// u after the first step, (users × width).
    pub stepped: Array2<S>,
    /// p = softmax(V·u + b) of it.
    pub second: Chances<S>,
    /// Vᵀp of it, (users × width).
    pub second_mean: Array2<S>,
    /// h + u after both steps, (users × width).
    pub user: Array2<S>,
    /// The softmax over the catalogue without the support set.
    pub last: Chances<S>,
    /// The weighted cross-entropy.
    pub loss: S,
}

impl<S: Number> Forward<S> {
    /// Compute the loss of `tasks`.
    pub fn new(net: &Net<S>, tasks: &[Task]) -> Self {
        let layout = net.layout;
        let (first, first_mean) = first_softmax(net);
        let (chosen, totals) = chosen(net, tasks);
        let mut stepped = Array2::zeros((tasks.len(), layout.width));
        for row in stepped.axis_iter_mut(Axis(0)) {
            add(row.into_slice().expect("row-major"), S::one(), &net.theta[layout.start.clone()]);
        }
        let same_mean = ArrayView2::from_shape((1, layout.width), &first_mean).expect("width numbers");
        step(net, tasks, 0, (&chosen, &totals), same_mean, &mut stepped);
        let (second, second_mean) = softmax_with_mean(net, &stepped);
        let mut user = stepped.clone();
        step(net, tasks, 1, (&chosen, &totals), second_mean.view(), &mut user);
        at_once(net, tasks, &mut user);
        let (last, targets) = softmax_without_support(net, tasks, &user);
        let loss = |((task, log_sum), target): ((&Task, &S), S)| S::constant(task.weight.into()) * (*log_sum - target);
        let loss = tasks.iter().zip(&last.log_sums).zip(targets).map(loss).fold(S::zero(), |sum, x| sum + x);
        Self { first, first_mean, chosen, totals, stepped, second, second_mean, user, last, loss }
    }
}

/// Return softmax(V·u₀ + b) and Vᵀ times it.
fn first_softmax<S: Number>(net: &Net<S>) -> (Vec<S>, Vec<S>) {
    let start = net.theta[net.layout.start.clone()].to_vec();
    let start = Array2::from_shape_vec((1, net.layout.width), start).expect("width numbers");
    let (chances, mean) = softmax_with_mean(net, &start);
    let blocks = chances.blocks.iter().zip(chances.own_factors());
    let first = blocks.flat_map(|(block, factors)| block.iter().map(|&x| x * factors[0])).collect();
    (ranks::gather(first), mean.into_raw_vec_and_offset().0)
}

/// Return Σ w[s]·V_j and Σ w[s] of each user.
fn chosen<S: Number>(net: &Net<S>, tasks: &[Task]) -> (Array2<S>, Vec<S>) {
    let weights = &net.theta[net.layout.weights.clone()];
    let mut chosen = Array2::zeros((tasks.len(), net.layout.width));
    let mut totals = vec![S::zero(); tasks.len()];
    for ((row, total), task) in chosen.axis_iter_mut(Axis(0)).zip(&mut totals).zip(tasks) {
        let row = row.into_slice().expect("row-major");
        for &(item, level) in &task.support {
            add(row, weights[usize::from(level)], net.vector(item));
            *total += weights[usize::from(level)];
        }
    }
    (chosen, totals)
}

/// Take a step: u ← u + α ⊙ (chosen − total·mean) / (n + κ). `means` has a row per user, or one for all.
fn step<S: Number>(
    net: &Net<S>,
    tasks: &[Task],
    step: usize,
    (chosen, totals): (&Array2<S>, &[S]),
    means: ArrayView2<S>,
    users: &mut Array2<S>,
) {
    let rates = net.rates(step);
    for (k, (task, mut user)) in tasks.iter().zip(users.axis_iter_mut(Axis(0))).enumerate() {
        let scale = net.step_scale(task.support.len());
        let mean = means.row(k.min(means.nrows() - 1));
        for (i, u) in user.iter_mut().enumerate() {
            *u += rates[i] * scale * (chosen[[k, i]] - totals[k] * mean[i]);
        }
    }
}

/// Add h, what answers and user fields say at once, to `users`.
fn at_once<S: Number>(net: &Net<S>, tasks: &[Task], users: &mut Array2<S>) {
    let layout = net.layout;
    for (row, task) in users.axis_iter_mut(Axis(0)).zip(tasks) {
        let row = row.into_slice().expect("row-major");
        let mut sum = vec![S::zero(); layout.width];
        for &(item, level) in &task.support {
            let gates = net.part(&layout.gates, level.into());
            sum.iter_mut().zip(net.vector(item)).zip(gates).for_each(|((sum, &x), &gate)| *sum += x * gate);
            add(&mut sum, S::one(), net.part(&layout.answer, level.into()));
        }
        add(row, answer_scale(task), &sum);
        add(row, S::one(), net.part(&layout.count, count_row(task)));
        for (range, rows) in layout.users.iter().zip(&task.user) {
            rows.iter().for_each(|&field_row| add(row, S::one(), net.part(range, field_row as usize)));
        }
    }
}

/// Return 1/√n, the weight of an answer in h.
pub fn answer_scale<S: Number>(task: &Task) -> S {
    S::constant(1.0 / (task.support.len().max(1) as f64).sqrt())
}

/// Return the row of the number of answers.
pub fn count_row(task: &Task) -> usize {
    task.support.len().min(MAX_ANSWERS)
}

/// Return softmax(V·u + b) for each row u of `users`, and Vᵀ times it.
fn softmax_with_mean<S: Number>(net: &Net<S>, users: &Array2<S>) -> (Chances<S>, Array2<S>) {
    let part = |block: &Range<usize>| {
        let mut scores = scores(net, block, users);
        let (shifts, sums) = exponentials(&mut scores);
        let mean = S::matmul(scores.view(), net.block(block));
        (scores, (shifts, sums, mean))
    };
    let (blocks, parts): (Vec<_>, Vec<_>) = net.own_blocks().par_iter().map(part).unzip();
    let parts = ranks::gather(parts);
    let chances =
        Chances::new(blocks, &parts.iter().map(|(shifts, sums, _)| (&shifts[..], &sums[..])).collect::<Vec<_>>());
    let mut mean = Array2::zeros(users.raw_dim());
    for ((_, _, part), factors) in parts.iter().zip(&chances.factors) {
        for ((mut row, part), &factor) in mean.axis_iter_mut(Axis(0)).zip(part.axis_iter(Axis(0))).zip(factors) {
            row.scaled_add(factor, &part);
        }
    }
    (chances, mean)
}

/// Return softmax(V·u + b) over the catalogue without the support set, and Σ target · score.
fn softmax_without_support<S: Number>(net: &Net<S>, tasks: &[Task], users: &Array2<S>) -> (Chances<S>, Vec<S>) {
    let part = |block: &Range<usize>| {
        let mut scores = scores(net, block, users);
        let mut targets = Vec::with_capacity(tasks.len());
        for (task, mut row) in tasks.iter().zip(scores.axis_iter_mut(Axis(0))) {
            let target = within(&task.target, block).iter();
            let target = target.map(|&(item, share)| S::constant(share.into()) * row[item as usize - block.start]);
            targets.push(target.fold(S::zero(), |sum, x| sum + x));
            for &(item, _) in task.support.iter().filter(|&&(item, _)| block.contains(&(item as usize))) {
                row[item as usize - block.start] = S::neg_infinity();
            }
        }
        let (shifts, sums) = exponentials(&mut scores);
        (scores, (shifts, sums, targets))
    };
    let (blocks, parts): (Vec<_>, Vec<_>) = net.own_blocks().par_iter().map(part).unzip();
    let parts = ranks::gather(parts);
    let mut targets = vec![S::zero(); tasks.len()];
    parts.iter().for_each(|(.., part)| add(&mut targets, S::one(), part));
    (Chances::new(blocks, &parts.iter().map(|(shifts, sums, _)| (&shifts[..], &sums[..])).collect::<Vec<_>>()), targets)
}

/// Return the part of a list, in ascending order of items, that lies in `block`.
pub fn within<'a>(list: &'a [(u32, f32)], block: &Range<usize>) -> &'a [(u32, f32)] {
    let index = |position: usize| list.partition_point(|&(item, _)| (item as usize) < position);
    &list[index(block.start)..index(block.end)]
}

/// Return V·u + b of a block for each row u of `users`, (users × items of the block).
fn scores<S: Number>(net: &Net<S>, block: &Range<usize>, users: &Array2<S>) -> Array2<S> {
    let bias = &net.bias[block.clone()];
    let mut scores = Array2::from_shape_fn((users.nrows(), block.len()), |(_, item)| bias[item]);
    S::add_product(users.view(), net.block(block).t(), scores.view_mut());
    scores
}

/// Replace each score by e^(score − shift), with the highest of its row as the shift. Return shifts and sums of rows.
fn exponentials<S: Number>(scores: &mut Array2<S>) -> (Vec<S>, Vec<S>) {
    let row = |row: ndarray::ArrayViewMut1<S>| {
        let row = row.into_slice().expect("row-major");
        // A finite shift, even where all of the block is in the support set.
        let shift = row.iter().copied().fold(S::min_value(), S::max);
        let mut sum = S::zero();
        for score in row {
            *score = (*score - shift).exp();
            sum += *score;
        }
        (shift, sum)
    };
    scores.axis_iter_mut(Axis(0)).map(row).unzip()
}

impl<S: Number> Chances<S> {
    /// Join this rank's blocks of exponentials, and the shifts and sums of all blocks.
    fn new(blocks: Vec<Array2<S>>, parts: &[(&[S], &[S])]) -> Self {
        let users = parts.first().map_or(0, |(shifts, _)| shifts.len());
        let log_sum = |user: usize| {
            let highest = parts.iter().map(|(shifts, _)| shifts[user]).fold(S::min_value(), S::max);
            let sum = |total, (shifts, sums): &(&[S], &[S])| total + sums[user] * (shifts[user] - highest).exp();
            highest + parts.iter().fold(S::zero(), sum).ln()
        };
        let log_sums: Vec<S> = (0..users).map(log_sum).collect();
        let factors = |shifts: &[S]| shifts.iter().zip(&log_sums).map(|(&shift, &sum)| (shift - sum).exp()).collect();
        let factors = parts.iter().map(|(shifts, _)| factors(shifts)).collect();
        Self { blocks, factors, log_sums }
    }

    /// Return the factors of this rank's blocks.
    pub fn own_factors(&self) -> &[Vec<S>] {
        &self.factors[ranks::share(self.factors.len())]
    }
}
