//! How all parameters step where a batch touches few of them.
//!
//! Under Adam a number goes on moving while its gradient is zero. A large catalogue has millions of numbers and a batch
//! touches thousands: the steps of all others are put off until somebody reads them. Then they take what they missed,
//! one step after the other in the same arithmetic, so the outcome is that of stepping every time, bit by bit; but most
//! steps are taken while the numbers are at hand, and memory is left alone.

use crate::adam::{Adam, AdamStep, Numbers};
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
    steps: Vec<AdamStep>,
    /// Per block how many of these it has taken.
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
            steps: Vec::new(),
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
        self.advance(theta, adam, 1.0);
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

    /// A step along `share` times the gradient, which is zero again thereafter.
    pub fn step(&mut self, theta: &mut [f32], adam: &mut Adam, learning_rate: f32, share: f32) -> AdamStep {
        let step = adam.step(learning_rate);
        self.steps.push(step);
        self.advance(theta, adam, share);
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
        self.advance(theta, adam, 1.0);
    }

    /// Lets touched blocks take the steps that they have not taken.
    fn advance(&mut self, theta: &mut [f32], adam: &mut Adam, share: f32) {
        let Self { gradient, decaying, decay, steps, taken, touched } = self;
        let moments = adam.first.par_chunks_mut(BLOCK).zip(adam.second.par_chunks_mut(BLOCK));
        let numbers = theta.par_chunks_mut(BLOCK).zip(moments).zip(gradient.par_chunks(BLOCK));
        let blocks = numbers.zip(taken).zip(touched).enumerate().filter(|(_, (_, touched))| **touched);
        blocks.for_each(|(block, ((((values, (first, second)), gradient), taken), _))| {
            let place = |at: usize| at.saturating_sub(block * BLOCK).min(values.len());
            let [from, to] = [place(decaying.start), place(decaying.end)];
            for (range, decay) in [(0..from, 0.0), (from..to, *decay), (to..values.len(), 0.0)] {
                let numbers = Numbers {
                    values: &mut values[range.clone()],
                    first: &mut first[range.clone()],
                    second: &mut second[range.clone()],
                    gradient: &gradient[range],
                };
                numbers.take(&steps[*taken..], share, decay);
            }
            *taken = steps.len();
        });
    }
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
                    gradient: &gradient[range],
                };
                numbers.take(&[step], 0.5, decay);
            }
        }
        assert_ne!(lazy, eager, "nothing was put off");
        descent.finish(&mut lazy, &mut lazy_adam);
        assert_eq!(lazy, eager);
        assert_eq!(lazy_adam, adam);
    }
}
