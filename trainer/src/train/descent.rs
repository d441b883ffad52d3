//! How all parameters step where a batch touches few of them.
//!
//! Under Adam a number goes on moving while its gradient is zero. A large catalogue has millions of numbers and a batch
//! touches thousands: the steps of all others are put off until somebody reads them. Then they take all that they missed
//! at once ([`Coast`]), so that a batch costs what it touches. When that is, data and seed alone decide.

use crate::train::adam::{Adam, AdamStep, Coast, Numbers};
use rayon::prelude::*;
use std::ops::Range;

/// Numbers that step together.
const BLOCK: usize = 64;

/// Parameters that lie side by side: where they start, and how many they are.
pub type Stretch = (usize, usize);

/// Derivatives by some of the parameters: which they are, and for each its number.
pub type Part<'a> = (&'a [Stretch], &'a [f32]);

/// An epoch's steps under way.
pub struct Descent {
    /// The summed derivatives of a batch by all parameters; zero where it touches nothing, and between batches.
    gradient: Vec<f32>,
    /// The parameters that decay, and how fast.
    decaying: Range<usize>,
    decay: f32,
    /// Per number of steps taken what those since come to: of parameters that decay, and of others.
    missed: Vec<[Coast; 2]>,
    /// Per block how many steps it has taken.
    taken: Vec<usize>,
    /// Per block whether this batch touches it.
    touched: Vec<bool>,
}

impl Descent {
    /// For `len` parameters, of which `decaying` decay.
    pub fn new(len: usize, decaying: Range<usize>, decay: f32) -> Self {
        let blocks = len.div_ceil(BLOCK);
        Self {
            gradient: vec![0.0; len],
            decaying,
            decay,
            missed: vec![[Coast::NONE; 2]],
            taken: vec![0; blocks],
            touched: vec![false; blocks],
        }
    }

    /// Notes that this batch touches these.
    pub fn touch(&mut self, stretches: &[Stretch]) {
        for &(start, len) in stretches {
            self.touched[start / BLOCK..(start + len).div_ceil(BLOCK)].fill(true);
        }
    }

    /// Lets what is touched take the steps that it has missed: before this it must not be read.
    pub fn catch_up(&mut self, theta: &mut [f32], adam: &mut Adam) {
        let missed = &self.missed;
        let now = missed.len() - 1;
        let each = |parts: [Numbers; 3], _: &[f32], taken: &mut usize| {
            if *taken < now {
                let [decaying, other] = &missed[*taken];
                let [before, within, behind] = parts;
                other.take(before);
                decaying.take(within);
                other.take(behind);
            }
            *taken = now;
        };
        each_block(&self.decaying, &self.gradient, &mut self.taken, &self.touched, (theta, adam), each);
    }

    /// Adds up derivatives. Threads share the parameters between them, not `parts`: every sum is in the order of these,
    /// however many threads there are.
    pub fn add(&mut self, parts: &[Part]) {
        let share = self.gradient.len().div_ceil(4 * rayon::current_num_threads());
        self.gradient.par_chunks_mut(share).enumerate().for_each(|(chunk, sum)| {
            parts.iter().for_each(|(stretches, derivatives)| add_within(sum, chunk * share, stretches, derivatives));
        });
    }

    /// Adds derivatives by all parameters.
    pub fn add_to_all(&mut self, derivatives: &[f32]) {
        self.touched.fill(true);
        self.add(&[(&[(0, derivatives.len())], derivatives)]);
    }

    /// A step along `share` times the gradient, which is zero again thereafter. What the batch touches has caught up.
    pub fn step(&mut self, theta: &mut [f32], adam: &mut Adam, learning_rate: f32, share: f32) -> AdamStep {
        let step = adam.step(learning_rate);
        for [decaying, other] in &mut self.missed {
            *decaying = decaying.then(&step, self.decay);
            *other = other.then(&step, 0.0);
        }
        self.missed.push([Coast::NONE; 2]);
        let now = self.missed.len() - 1;
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
        step
    }

    /// Lets all parameters take what they have missed.
    pub fn finish(mut self, theta: &mut [f32], adam: &mut Adam) {
        self.touched.fill(true);
        self.catch_up(theta, adam);
    }
}

/// Gives every touched block to `each`: its parameters in three parts, of which the second decays, their gradient, and
/// how many steps the block has taken.
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
        let place = |at: usize| at.saturating_sub(block * BLOCK).min(values.len());
        let [from, to] = [place(decaying.start), place(decaying.end)];
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

/// Adds what falls into `sum`, which starts at `from`.
fn add_within(sum: &mut [f32], from: usize, stretches: &[Stretch], derivatives: &[f32]) {
    let to = from + sum.len();
    let first = stretches.partition_point(|&(start, len)| start + len <= from);
    let (before, rest) = stretches.split_at(first);
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

    /// Thousands of parameters, of which those from 1 to 3000 decay, and which a step touches here and there.
    #[test]
    fn steps_that_are_put_off_come_to_the_same() {
        const LEN: usize = 3100;
        let start: Vec<f32> = (0..LEN).map(|i| (i as f32).sin()).collect();
        let (mut lazy, mut eager) = (start.clone(), start);
        let (mut lazy_adam, mut adam) = (Adam::new(LEN), Adam::new(LEN));
        let mut descent = Descent::new(LEN, 1..3000, 0.1);
        for turn in 0..200 {
            let learning_rate = 0.01 / (turn + 1) as f32;
            let stretches = [(0, 1), (1 + 37 * turn % 2900, 70), (2990, 110)];
            let derivatives: Vec<f32> =
                (0..181).map(|i| (i as f32 - 60.0) * lazy[i * 17] / (turn + 1) as f32).collect();
            descent.touch(&stretches);
            descent.catch_up(&mut lazy, &mut lazy_adam);
            descent.add(&[(&stretches, &derivatives), (&stretches[..1], &derivatives[..1])]);
            descent.step(&mut lazy, &mut lazy_adam, learning_rate, 0.5);

            let mut gradient = vec![0.0; LEN];
            add_within(&mut gradient, 0, &stretches, &derivatives);
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
        assert_ne!(lazy, eager, "nothing was put off");
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
