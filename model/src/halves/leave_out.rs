//! The influence of each answer on the list scores of some items, by leaving it out.
//!
//! The posterior of the stars half and all that the choice half reads at once are computed again without the answer. Of
//! the gradient steps only Vᵀp is kept: the softmax at each step is taken to be the one with all answers. The first step
//! is exact, because its softmax does not depend on answers. So an answer costs time proportional to the answers and the
//! width, not to the catalogue times the width.

use super::choice::Choice;
use super::{Given, Halves};
use crate::math::matrix::dot;
use crate::network::task::User;

impl Halves {
    /// Return for each index in `left_out` how much higher the list score of each of `items` is with that one of the
    /// `answers` than without it.
    ///
    /// # Panics
    /// Where an index is not below `answers.len()`, an item not below [`Halves::len`], or a row of `user` lies outside its
    /// table.
    pub fn influences(&self, user: &User, answers: &[Given], left_out: &[usize], items: &[usize]) -> Vec<Vec<f32>> {
        let mut means: Vec<Vec<f32>> = Vec::new();
        self.choice.adapt_with(user, &self.levels(answers), &mut |step, u| {
            means.push(self.choice.mean_vector(u));
            means[step].clone()
        });
        let with_all = self.scores_along(&means, user, answers, items);
        let mut influences = Vec::new();
        for &index in left_out {
            let mut others = answers.to_vec();
            others.remove(index);
            let mut influence = self.scores_along(&means, user, &others, items);
            influence.iter_mut().zip(&with_all).for_each(|(without, with)| *without = with - *without);
            influences.push(influence);
        }
        influences
    }

    /// Return the list scores of `items`, with `means` as Vᵀp of each step.
    fn scores_along(&self, means: &[Vec<f32>], user: &User, answers: &[Given], items: &[usize]) -> Vec<f32> {
        let choice = self.choice.adapt_with(user, &self.levels(answers), &mut |step, _| means[step].clone());
        let mut neighbours = vec![0.0; self.len()];
        self.choice.add_neighbours(&choice, &mut neighbours);
        let stars = self.adapt_stars(user, answers);
        let Choice { vectors, bias, .. } = &self.choice;
        let score = |&item: &usize| {
            let mut score = dot(&vectors.row(item), &choice.user) + bias[item] + neighbours[item];
            if let (Some(half), Some(adapted)) = (&self.stars, &stars) {
                score += self.stars_weight * half.expect(adapted, item);
            }
            score
        };
        items.iter().map(score).collect()
    }
}
