//! The influence of each answer on the list scores of some items, by leaving it out.
//!
//! The posterior of the stars half and all that the choice half reads at once are computed again without the answer. Of
//! the gradient steps only Vᵀp is kept: the softmax at each step is taken to be the one with all answers. The first step
//! is exact, because its softmax does not depend on answers. So an answer costs time proportional to the answers and the
//! width, not to the catalogue times the width.

use super::{Given, Halves};
use crate::math::matrix::dot;
use crate::network::task::User;

impl Halves {
    /// Return Vᵀp of each step of the local update for `user` on `answers`, for [`Halves::scores_along`].
    pub(crate) fn means(&self, user: &User, answers: &[Given]) -> Vec<Vec<f32>> {
        let mut means: Vec<Vec<f32>> = Vec::new();
        self.choice.adapt_with(user, &self.levels(answers), &mut |step, u| {
            means.push(self.choice.mean_at(step, u));
            means[step].clone()
        });
        means
    }

    /// Return the list scores of `items` for `user` after `answers`, with `means` as Vᵀp of each step.
    pub(crate) fn scores_along(&self, means: &[Vec<f32>], user: &User, answers: &[Given], items: &[usize]) -> Vec<f32> {
        let choice = self.choice.adapt_with(user, &self.levels(answers), &mut |step, _| means[step].clone());
        let mut neighbours = vec![0.0; self.len()];
        self.choice.add_neighbours(&choice, &mut neighbours);
        let adapted = self.adapt_stars(user, answers);
        let mut scores = Vec::with_capacity(items.len());
        for &item in items {
            let mut score =
                dot(&self.choice.vectors.row(item), &choice.user) + self.choice.bias[item] + neighbours[item];
            if let (Some(stars), Some(adapted)) = (&self.stars, &adapted) {
                score += self.stars_weight * stars.expect(adapted, item);
            }
            scores.push(score);
        }
        scores
    }
}
