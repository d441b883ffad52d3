//! Adam's steps where a batch touches few of the parameters.
//!
//! Under Adam a parameter moves even while its gradient is zero. A large catalogue has millions of parameters and a
//! batch touches thousands: the steps of all others are put off until a batch reads them, and then applied at once
//! ([`SkippedSteps`]), so that the cost of a batch grows with what it touches. Data and seed alone decide when that is.

use crate::train::adam::{Adam, AdamStep, Numbers, SkippedSteps};
use rayon::prelude::*;
use std::ops::Range;

/// Parameters that step together.
const BLOCK: usize = 64;

/// A range of adjacent parameters: offset and length.
pub type ParameterRange = (usize, usize);

/// A sparse gradient: ranges of parameters, and their derivatives one after the other.
pub type SparseGradient<'a> = (&'a [ParameterRange], &'a [f32]);

/// The steps of an epoch.
#[derive(Debug)]
pub struct Descent {
    /// Summed derivatives of the current batch by all parameters; zero outside of touched blocks, and between batches.
    gradient: Vec<f32>,
    /// Parameters with weight decay, and its rate.
    decaying: Range<usize>,
    decay: f32,
    /// For each number of steps taken, the combined steps since: of parameters with decay, and of the others.
    skipped: Vec<[SkippedSteps; 2]>,
    /// Number of steps that each block has taken.
    taken: Vec<usize>,
    /// Whether the current batch touches each block.
    touched: Vec<bool>,
    /// The number of steps after which all blocks take those that they have skipped.
    max_skipped: usize,
}

/// [`Descent::max_skipped`]: a step updates as many combined steps as there were steps since, and their number must not grow with
/// that of the users. A constant, as it decides how steps are rounded.
const MAX_SKIPPED: usize = 1 << 14;

impl Descent {
    /// Begin an epoch with `len` parameters, of which `decaying` have weight decay at rate `decay`.
    pub fn new(len: usize, decaying: Range<usize>, decay: f32) -> Self {
        let blocks = len.div_ceil(BLOCK);
        Self {
            gradient: vec![0.0; len],
            decaying,
            decay,
            skipped: vec![[SkippedSteps::NONE; 2]],
            taken: vec![0; blocks],
            touched: vec![false; blocks],
            max_skipped: MAX_SKIPPED,
        }
    }

    /// Mark ranges that the current batch touches.
    pub fn touch(&mut self, ranges: &[ParameterRange]) {
        for &(start, len) in ranges {
            self.touched[start / BLOCK..(start + len).div_ceil(BLOCK)].fill(true);
        }
    }

    /// Apply the steps that touched blocks have skipped. Call it before their parameters are read.
    pub fn catch_up(&mut self, theta: &mut [f32], adam: &mut Adam) {
        let skipped = &self.skipped;
        let now = skipped.len() - 1;
        let each = |parts: [Numbers; 3], _: &[f32], taken: &mut usize| {
            if *taken < now {
                let [decaying, other] = &skipped[*taken];
                let [before, within, behind] = parts;
                other.take(before);
                decaying.take(within);
                other.take(behind);
            }
            *taken = now;
        };
        each_block(&self.decaying, &self.gradient, &mut self.taken, &self.touched, (theta, adam), each);
    }

    /// Add sparse gradients. Threads share the parameters between them, not `parts`: every sum has the order of
    /// `parts`, whatever the number of threads.
    pub fn add(&mut self, parts: &[SparseGradient]) {
        let share = self.gradient.len().div_ceil(4 * rayon::current_num_threads());
        self.gradient.par_chunks_mut(share).enumerate().for_each(|(chunk, sum)| {
            parts.iter().for_each(|(ranges, derivatives)| add_within(sum, chunk * share, ranges, derivatives));
        });
    }

    /// Add derivatives by all parameters.
    pub fn add_to_all(&mut self, derivatives: &[f32]) {
        self.touched.fill(true);
        self.add(&[(&[(0, derivatives.len())], derivatives)]);
    }

    /// Take a step along `share` × the gradient, and set the gradient to zero. Touched blocks must have caught up.
    pub fn step(&mut self, theta: &mut [f32], adam: &mut Adam, learning_rate: f32, share: f32) -> AdamStep {
        let step = adam.step(learning_rate);
        for [decaying, other] in &mut self.skipped {
            *decaying = decaying.then(&step, self.decay);
            *other = other.then(&step, 0.0);
        }
        self.skipped.push([SkippedSteps::NONE; 2]);
        let now = self.skipped.len() - 1;
        let decays = [0.0, self.decay, 0.0];
        let each = |parts: [Numbers; 3], mut gradient: &[f32], taken: &mut usize| {
            for (numbers, decay) in parts.into_iter().zip(decays) {
                let (own, rest) = gradient.split_at(numbers.values.len());
                step.take(numbers, own, share, decay);
                gradient = rest;
            }
            *taken = now;
        };
        each_block(&self.decaying, &self.gradient, &mut self.taken, &self.touched, (theta, adam), each);
        let blocks = self.gradient.par_chunks_mut(BLOCK).zip(&mut self.touched);
        blocks.filter(|(_, touched)| **touched).for_each(|(gradient, touched)| {
            gradient.fill(0.0);
            *touched = false;
        });
        if now == self.max_skipped {
            self.catch_up_all(theta, adam);
            self.skipped = vec![[SkippedSteps::NONE; 2]];
            self.taken.fill(0);
            self.touched.fill(false);
        }
        step
    }

    /// Apply the skipped steps of all parameters.
    pub fn finish(mut self, theta: &mut [f32], adam: &mut Adam) {
        self.catch_up_all(theta, adam);
    }

    fn catch_up_all(&mut self, theta: &mut [f32], adam: &mut Adam) {
        self.touched.fill(true);
        self.catch_up(theta, adam);
    }
}

/// Call `each` for every touched block, with its parameters in three parts, of which the second decays, their gradient,
/// and the number of steps the block has taken.
fn each_block(
    decaying: &Range<usize>,
    gradient: &[f32],
    taken: &mut [usize],
    touched: &[bool],
    (theta, adam): (&mut [f32], &mut Adam),
    each: impl Fn([Numbers; 3], &[f32], &mut usize) + Sync,
) {
    let moments = adam.first.par_chunks_mut(BLOCK).zip(adam.second.par_chunks_mut(BLOCK));
    let numbers = theta.par_chunks_mut(BLOCK).zip(moments).zip(gradient.par_chunks(BLOCK));
    let blocks = numbers.zip(taken).zip(touched).enumerate().filter(|(_, (_, touched))| **touched);
    blocks.for_each(|(block, ((((values, (first, second)), gradient), taken), _))| {
        let offset = |index: usize| index.saturating_sub(block * BLOCK).min(values.len());
        let [from, to] = [offset(decaying.start), offset(decaying.end)];
        let cut = |numbers| -> [&mut [f32]; 3] {
            let (before, rest): (&mut [f32], &mut [f32]) = <[f32]>::split_at_mut(numbers, from);
            let (within, behind) = rest.split_at_mut(to - from);
            [before, within, behind]
        };
        let [values, first, second] = [values, first, second].map(cut);
        let mut moments = first.into_iter().zip(second);
        let parts = values.map(|values| {
            let (first, second) = moments.next().expect("three parts of each");
            Numbers { values, first, second }
        });
        each(parts, gradient, taken);
    });
}

/// Add the derivatives that fall into `sum`, which starts at offset `from`.
fn add_within(sum: &mut [f32], from: usize, ranges: &[ParameterRange], derivatives: &[f32]) {
    let to = from + sum.len();
    let first = ranges.partition_point(|&(start, len)| start + len <= from);
    let (before, rest) = ranges.split_at(first);
    let mut next: usize = before.iter().map(|&(_, len)| len).sum();
    for &(start, len) in rest.iter().take_while(|&&(start, _)| start < to) {
        let [low, high] = [start.max(from), (start + len).min(to)];
        let these = &derivatives[next + low - start..next + high - start];
        sum[low - from..high - from].iter_mut().zip(these).for_each(|(sum, d)| *sum += d);
        next += len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_are_put_off_come_to_the_same() {
        assert_same(MAX_SKIPPED);
    }

    #[test]
    fn so_do_those_that_are_put_off_for_some_steps_only() {
        assert_same(60);
    }

    /// Take 200 steps of 3,100 parameters, of which 1 to 3,000 decay; each step touches a few ranges.
    fn assert_same(max_skipped: usize) {
        const LEN: usize = 3100;
        let start: Vec<f32> = (0..LEN).map(|i| (i as f32).sin()).collect();
        let (mut lazy, mut eager) = (start.clone(), start);
        let (mut lazy_adam, mut adam) = (Adam::new(LEN), Adam::new(LEN));
        let mut descent = Descent { max_skipped, ..Descent::new(LEN, 1..3000, 0.1) };
        for turn in 0..200 {
            let learning_rate = 0.01 / (turn + 1) as f32;
            let ranges = [(0, 1), (1 + 37 * turn % 2900, 70), (2990, 110)];
            let derivatives: Vec<f32> =
                (0..181).map(|i| (i as f32 - 60.0) * lazy[i * 17] / (turn + 1) as f32).collect();
            descent.touch(&ranges);
            descent.catch_up(&mut lazy, &mut lazy_adam);
            descent.add(&[(&ranges, &derivatives), (&ranges[..1], &derivatives[..1])]);
            descent.step(&mut lazy, &mut lazy_adam, learning_rate, 0.5);

            let mut gradient = vec![0.0; LEN];
            add_within(&mut gradient, 0, &ranges, &derivatives);
            gradient[0] += derivatives[0];
            let step = adam.step(learning_rate);
            for (range, decay) in [(0..1, 0.0), (1..3000, 0.1), (3000..LEN, 0.0)] {
                let numbers = Numbers {
                    values: &mut eager[range.clone()],
                    first: &mut adam.first[range.clone()],
                    second: &mut adam.second[range.clone()],
                };
                step.take(numbers, &gradient[range], 0.5, decay);
            }
        }
        assert_ne!(lazy, eager, "no step was put off");
        assert!(descent.skipped.len() <= max_skipped);
        descent.finish(&mut lazy, &mut lazy_adam);
        for (what, lazy, eager) in
            [("theta", lazy, eager), ("first", lazy_adam.first, adam.first), ("second", lazy_adam.second, adam.second)]
        {
            for (i, (lazy, eager)) in lazy.iter().zip(&eager).enumerate() {
                let off = (lazy - eager).abs() / (1e-3 + eager.abs());
                assert!(off < 1e-4, "{what}[{i}] = {lazy}, expected {eager}");
            }
        }
    }
}
