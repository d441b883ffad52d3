//! The choice half: a softmax over the catalogue, adapted to answers of every kind.
//!
//! With item vectors V, biases b and answers j ∈ S of levels s_j ([`super::level`]), of n = |S|:
//!
//! - what the answers say at once: h = Σ_j t_j / √n + count[n] + Σ user field rows,
//!   t_j = Σ over encoders E_j ⊙ gate[s_j] + answer[s_j];
//! - the local update, gradient steps of a softmax from a learned start u: p = softmax(V·u + b),
//!   u ← u + α ⊙ (Σ_j w[s_j]·V_j − (Σ_j w[s_j])·Vᵀp) / (n + κ);
//! - scores: V·(h + u) + b, and what the answered items' neighbours add: w_n Σ_j s_ji, over answers that are likes.

use super::levels::{LEVELS, PICK};
use super::neighbours::Neighbours;
use super::table::Table;
use crate::math::matrix::{add, add_scaled, as_slice, column, matrix};
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
    /// The tables that are read at once.
    pub encoders: Vec<Encoder>,
    /// The gates of V itself as an encoder, (levels × width); empty for none.
    pub own_gates: Vec<f32>,
    /// What an answer means of itself, (levels × width).
    pub answer: Vec<f32>,
    /// What the number of answers means, (counts × width); the last row is for more.
    pub count: Table,
    /// What user fields mean, (rows × width) each; row 0 is for unknown values.
    pub user_fields: Vec<Table>,
    /// u before the first step, (width).
    pub start: Vec<f32>,
    /// α, (steps × width).
    pub rates: Vec<f32>,
    /// w, by level.
    pub weights: [f32; LEVELS],
    /// κ ≥ 0, which shrinks steps on few answers.
    pub kappa: f32,
    /// The neighbours of a liked item.
    pub neighbours: Neighbours,
    /// w_n, by the number n of answers; the last is for more. Empty without neighbours.
    pub neighbour_weights: Vec<f32>,
}

/// A table of item vectors, and the gates that an answer opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoder {
    /// E, (items × width).
    pub table: Table,
    /// The gates, (levels × width).
    pub gates: Vec<f32>,
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
    /// The number of answers.
    pub answers: usize,
}

impl Choice {
    /// Do the local update for `user` on `answers`: positions of items, and levels.
    ///
    /// # Panics
    /// Where an item lies outside the catalogue, a level is not below [`LEVELS`], or a row of `user` outside its table.
    pub fn adapt(&self, user: &User, answers: &[(usize, usize)]) -> ChosenFor {
        self.adapt_with(user, answers, &mut |_, u| self.mean_vector(u))
    }

    /// As [`Choice::adapt`]. `mean` returns Vᵀp, given the index of a step and u before it.
    pub(super) fn adapt_with(&self, user: &User, answers: &[(usize, usize)], mean: MeanVector<'_>) -> ChosenFor {
        let mut vector = self.steps(answers, mean);
        add(&mut vector, &self.at_once(user, answers));
        let liked = answers.iter().filter(|&&(_, level)| level + 1 >= PICK).map(|&(item, _)| item).collect();
        ChosenFor { user: vector, liked, answers: answers.len() }
    }

    /// Return h.
    fn at_once(&self, user: &User, answers: &[(usize, usize)]) -> Vec<f32> {
        let width = self.vectors.width();
        let mut h = vec![0.0; width];
        for &(item, level) in answers {
            let gates = level * width..(level + 1) * width;
            for encoder in &self.encoders {
                add_gated(&mut h, &encoder.table.row(item), &encoder.gates[gates.clone()]);
            }
            if !self.own_gates.is_empty() {
                add_gated(&mut h, &self.vectors.row(item), &self.own_gates[gates.clone()]);
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
        if let Some(last) = self.neighbour_weights.len().checked_sub(1) {
            let weight = self.neighbour_weights[adapted.answers.min(last)];
            for &item in &adapted.liked {
                for (other, strength) in self.neighbours.of(item) {
                    scores[other] += weight * strength;
                }
            }
        }
    }
}

/// Add `row` ⊙ `gates` to `sum`.
fn add_gated(sum: &mut [f32], row: &[f32], gates: &[f32]) {
    for ((sum, x), gate) in sum.iter_mut().zip(row).zip(gates) {
        *sum += x * gate;
    }
}
