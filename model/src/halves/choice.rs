//! The choice half: a softmax over the catalogue, adapted to answers of every kind.
//!
//! With item vectors V, biases b and answers j ∈ S of levels s_j ([`super::level`]), of n = |S|:
//!
//! - what the answers say at once: h = Σ_j t_j / √n + count[n] + Σ user field rows,
//!   t_j = V_j ⊙ gate[s_j] + answer[s_j];
//! - the local update, gradient steps of a softmax from a learned start u: p = softmax(V·u + b),
//!   u ← u + α ⊙ (Σ_j w[s_j]·V_j − (Σ_j w[s_j])·Vᵀp) / (n + κ);
//! - scores: V·(h + u) + b, and what the answered items' neighbours add: ν Σ_j s_ji, over answers that are likes.

use super::levels::{LEVELS, PICK};
use super::neighbours::Neighbours;
use super::table::Table;
use crate::math::matrix::{add, add_scaled, as_slice, column, dot, matrix};
use crate::math::scalar::Scalar;
use crate::network::task::User;
use std::ops::Range;

/// The number of items in a block, whose vectors fit a processor's cache.
const BLOCK: usize = 256;

/// The choice half.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// V, (items × width).
    pub vectors: Table,
    /// b, (items).
    pub bias: Vec<f32>,
    /// What an answer lets through of an item's vector, (levels × width).
    pub gates: Vec<f32>,
    /// What an answer means of itself, (levels × width).
    pub answer: Vec<f32>,
    /// What the number of answers means, (counts × width); the last row is for more.
    pub count: Table,
    /// What user fields mean, (rows × width) each; row 0 is for unknown values.
    pub user_fields: Vec<Table>,
    /// u before the first step, (width).
    pub start: Vec<f32>,
    /// Vᵀp at the start, (width): the same for every visitor, so that the first step costs no pass over the catalogue.
    pub start_mean: Vec<f32>,
    /// α, (steps × width).
    pub rates: Vec<f32>,
    /// w, by level.
    pub weights: [f32; LEVELS],
    /// κ ≥ 0, which shrinks steps on few answers.
    pub kappa: f32,
    /// The neighbours of a liked item.
    pub neighbours: Neighbours,
    /// ν, the weight of neighbours; 0 without neighbours.
    pub neighbour_weight: f32,
}

/// A function that returns Vᵀp, given the index of a step and u before it.
pub(super) type MeanVector<'a> = &'a mut dyn FnMut(usize, &[f32]) -> Vec<f32>;

/// The choice half after the local update.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenFor {
    /// h + u, (width).
    pub user: Vec<f32>,
    /// The liked items, whose neighbours gain.
    pub liked: Vec<usize>,
}

impl Choice {
    /// Do the local update for `user` on `answers`: positions of items, and levels.
    ///
    /// # Panics
    /// Where an item lies outside the catalogue, a level is not below [`LEVELS`], or a row of `user` outside its table.
    pub fn adapt(&self, user: &User, answers: &[(usize, usize)]) -> ChosenFor {
        self.adapt_with(user, answers, &mut |step, u| self.mean_at(step, u))
    }

    /// As [`Choice::adapt`]. `mean` returns Vᵀp, given the index of a step and u before it.
    pub(super) fn adapt_with(&self, user: &User, answers: &[(usize, usize)], mean: MeanVector<'_>) -> ChosenFor {
        let mut vector = self.steps(answers, mean);
        add(&mut vector, &self.at_once(user, answers));
        let liked = answers.iter().filter(|&&(_, level)| level + 1 >= PICK).map(|&(item, _)| item).collect();
        ChosenFor { user: vector, liked }
    }

    /// Return h.
    fn at_once(&self, user: &User, answers: &[(usize, usize)]) -> Vec<f32> {
        let width = self.vectors.width();
        let mut h = vec![0.0; width];
        for &(item, level) in answers {
            let gates = level * width..(level + 1) * width;
            for ((h, x), gate) in h.iter_mut().zip(&*self.vectors.row(item)).zip(&self.gates[gates.clone()]) {
                *h += x * gate;
            }
            add(&mut h, &self.answer[gates]);
        }
        let scale = 1.0 / (answers.len().max(1) as f32).sqrt();
        h.iter_mut().for_each(|x| *x *= scale);
        add(&mut h, &self.count.row(answers.len().min(self.count.len() - 1)));
        for (table, rows) in self.user_fields.iter().zip(user) {
            for &row in rows {
                add(&mut h, &table.row(row as usize));
            }
        }
        h
    }

    /// Return u after the gradient steps.
    fn steps(&self, answers: &[(usize, usize)], mean: MeanVector<'_>) -> Vec<f32> {
        let width = self.vectors.width();
        let mut u = self.start.clone();
        if answers.is_empty() {
            return u;
        }
        let (mut chosen, mut total) = (vec![0.0; width], 0.0);
        for &(item, level) in answers {
            add_scaled(&mut chosen, self.weights[level], &self.vectors.row(item));
            total += self.weights[level];
        }
        let scale = 1.0 / (answers.len() as f32 + self.kappa);
        for (step, rates) in self.rates.chunks_exact(width).enumerate() {
            let mean = mean(step, &u);
            for (((u, rate), chosen), mean) in u.iter_mut().zip(rates).zip(&chosen).zip(&mean) {
                *u += rate * scale * (chosen - total * mean);
            }
        }
        u
    }

    /// Return Vᵀp before the step of this index, from `u`.
    pub(super) fn mean_at(&self, step: usize, u: &[f32]) -> Vec<f32> {
        if step == 0 { self.start_mean.clone() } else { self.mean_vector(u) }
    }

    /// Return Vᵀp with p = softmax(V·u + b).
    pub fn mean_vector(&self, u: &[f32]) -> Vec<f32> {
        let mut p = self.products(u);
        let highest = p.iter().copied().fold(f32::MIN, f32::max);
        p.iter_mut().for_each(|score| *score = (*score - highest).exp());
        let sum: f32 = p.iter().sum();
        let mut mean = vec![0.0; u.len()];
        self.for_each_block(&mut |block, vectors| {
            let vectors = matrix(block.len(), u.len(), vectors);
            add(&mut mean, as_slice(&f32::matmul(vectors.t(), column(&p[block]))));
        });
        mean.iter_mut().for_each(|x| *x /= sum);
        mean
    }

    /// Return the direction of an item, Vᵢ less the mean over what a new visitor would choose, of length 1, unless it is 0.
    ///
    /// # Panics
    /// Where there is no such item.
    pub(crate) fn direction(&self, item: usize) -> Vec<f32> {
        let mut direction = self.vectors.row(item).into_owned();
        add_scaled(&mut direction, -1.0, &self.start_mean);
        normalise(&mut direction);
        direction
    }

    /// Return V·u + b.
    fn products(&self, u: &[f32]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        self.for_each_block(&mut |block, vectors| {
            let vectors = matrix(block.len(), u.len(), vectors);
            add(&mut scores[block], as_slice(&f32::matmul(vectors, column(u))));
        });
        scores
    }

    /// Call `visit` for each block of items with their positions and vectors.
    fn for_each_block(&self, visit: &mut dyn FnMut(Range<usize>, &[f32])) {
        let mut buffer = Vec::new();
        for start in (0..self.bias.len()).step_by(BLOCK) {
            let block = start..self.bias.len().min(start + BLOCK);
            visit(block.clone(), self.vectors.rows(block, &mut buffer));
        }
    }

    /// Return the score of every item.
    ///
    /// # Panics
    /// Where `adapted` is of another model.
    pub fn scores(&self, adapted: &ChosenFor) -> Vec<f32> {
        let mut scores = self.products(&adapted.user);
        self.add_neighbours(adapted, &mut scores);
        scores
    }

    /// Add to the score of every item what the neighbours of liked items gain.
    pub(super) fn add_neighbours(&self, adapted: &ChosenFor, scores: &mut [f32]) {
        if self.neighbour_weight == 0.0 {
            return;
        }
        for &item in &adapted.liked {
            for (other, strength) in self.neighbours.of(item) {
                scores[other] += self.neighbour_weight * strength;
            }
        }
    }
}

/// Scale to length 1, unless it is 0.
pub(crate) fn normalise(direction: &mut [f32]) {
    let length = dot(direction, direction).sqrt().max(f32::MIN_POSITIVE);
    direction.iter_mut().for_each(|x| *x /= length);
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 3;
    const ITEMS: usize = 300;

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|i| (i as f32 * 12.9898 + seed).sin() * 0.5).collect()
    }

    /// A model of more than one block of items that takes one step.
    fn choice() -> Choice {
        let mut neighbours = Neighbours::default();
        (0..ITEMS).for_each(|_| neighbours.push(&[]));
        let mut choice = Choice {
            vectors: Table::new(WIDTH, numbers(ITEMS * WIDTH, 1.0)),
            bias: numbers(ITEMS, 2.0),
            gates: vec![0.0; LEVELS * WIDTH],
            answer: vec![0.0; LEVELS * WIDTH],
            count: Table::new(WIDTH, vec![0.0; 2 * WIDTH]),
            user_fields: vec![Table::new(WIDTH, numbers(2 * WIDTH, 3.0))],
            start: numbers(WIDTH, 4.0),
            start_mean: Vec::new(),
            rates: vec![2.0; WIDTH],
            weights: [0.0, 0.25, 0.5, 0.5, 1.0, 2.0],
            kappa: 1.0,
            neighbours,
            neighbour_weight: 0.0,
        };
        choice.start_mean = choice.mean_vector(&choice.start);
        choice
    }

    /// The step goes along the gradient of Σ w[s_j]·log p_j, which central differences give.
    #[test]
    fn the_local_update_is_a_gradient_step() {
        let choice = choice();
        let answers = [(0, 5), (270, 1), (299, 4)];
        let likelihood = |u: &[f32]| -> f64 {
            let scores: Vec<f64> = choice.products(u).into_iter().map(f64::from).collect();
            let log_sum = scores.iter().map(|score| score.exp()).sum::<f64>().ln();
            answers.iter().map(|&(item, level)| f64::from(choice.weights[level]) * (scores[item] - log_sum)).sum()
        };
        let stepped = choice.steps(&answers, &mut |step, u| choice.mean_at(step, u));
        for i in 0..WIDTH {
            let moved = |by: f32| {
                let mut u = choice.start.clone();
                u[i] += by;
                likelihood(&u)
            };
            let slope = (moved(0.01) - moved(-0.01)) / 0.02;
            let expected = choice.start[i] + 2.0 * slope as f32 / (answers.len() as f32 + choice.kappa);
            assert!((stepped[i] - expected).abs() < 1e-3, "{i}: {}, expected {expected}", stepped[i]);
        }
    }

    /// Without answers a visitor has the start and their fields; the likes among answers move their neighbours.
    #[test]
    fn neighbours_of_likes_gain() {
        let mut choice = choice();
        let unmoved = choice.adapt(&vec![vec![1]], &[]);
        let field = choice.user_fields[0].row(1);
        assert_eq!(unmoved.user, choice.start.iter().zip(&*field).map(|(u, x)| u + x).collect::<Vec<_>>());
        let adapted = choice.adapt(&vec![vec![1]], &[(0, 4), (1, 3)]);
        let before = choice.scores(&adapted);
        let mut neighbours = Neighbours::default();
        neighbours.push(&[(7, 0.5), (299, 0.25)]);
        (1..ITEMS).for_each(|_| neighbours.push(&[(8, 1.0)]));
        (choice.neighbours, choice.neighbour_weight) = (neighbours, 2.0);
        let gains = choice.scores(&adapted).into_iter().zip(before).map(|(after, before)| after - before);
        let gains: Vec<(usize, f32)> = gains.enumerate().filter(|&(_, gain)| gain.abs() > 1e-3).collect();
        assert_eq!(gains.iter().map(|&(item, _)| item).collect::<Vec<_>>(), [7, 299]);
        assert!((gains[0].1 - 1.0).abs() < 1e-5 && (gains[1].1 - 0.5).abs() < 1e-5, "{gains:?}");
    }
}
