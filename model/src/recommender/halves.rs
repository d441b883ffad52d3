//! The default model in two halves as a recommender.

use super::network::surprise;
use super::{Adaptation, Recommender, Scores};
use crate::halves::{Given, Halves, HalvesFor};
use crate::network::loss::Loss;
use crate::network::task::User;

impl From<Halves> for Recommender {
    fn from(halves: Halves) -> Self {
        Self::Halves(halves)
    }
}

impl Halves {
    /// Return the list scores and the expected ratings of all items.
    pub(super) fn score_all(&self, adapted: &HalvesFor) -> Scores {
        let mut ratings = self.expect_all(adapted);
        let list = self.scores_given(adapted, &ratings);
        ratings.iter_mut().for_each(|stars| *stars = self.scale.rating(*stars, Loss::SquaredError));
        Scores { list, ratings }
    }

    /// Return the expected ratings of `items` for `user` after `answers`; with picks only their scores.
    ///
    /// # Panics
    /// As [`Halves::adapt`], or where an item is not below [`Halves::len`].
    pub fn ratings(&self, user: &User, answers: &[Given], items: &[usize]) -> Vec<f32> {
        let Some(stars) = &self.stars else {
            let scores = self.scores(&self.adapt(user, answers));
            return items.iter().map(|&item| scores[item]).collect();
        };
        let adapted = stars.adapt(user, &self.rated(answers));
        let rating = |&item: &usize| self.scale.rating(stars.expect(&adapted, item), Loss::SquaredError);
        items.iter().map(rating).collect()
    }

    /// Return the rating to show for an expected rating. Without a stars half the score stays as it is.
    pub(super) fn read_out(&self, expected: f32) -> f32 {
        let Some(stars) = &self.stars else { return expected };
        self.scale.rating(stars.read_out(self.scale.label(expected, Loss::SquaredError)), Loss::SquaredError)
    }

    /// Describe the local update for `user` on `answers`. The loss is the squared error of the stars of rated answers; with
    /// picks only the cross-entropy of the likes.
    pub(super) fn adaptation(&self, user: &User, answers: &[Given]) -> Adaptation {
        let [loss_before, loss_after] = [&[], answers].map(|learned| self.loss(user, answers, learned));
        let method = if self.stars.is_some() { "halves" } else { "softmax" };
        let steps = self.choice.rates.len() / self.choice.vectors.width();
        Adaptation { method, steps, answers: answers.len(), loss_before, loss_after }
    }

    /// Return the mean loss of `answers` after a local update on `learned`; 0 where no answer has a loss.
    fn loss(&self, user: &User, answers: &[Given], learned: &[Given]) -> f32 {
        let adapted = self.adapt(user, learned);
        let expected = self.expect_all(&adapted);
        if expected.is_empty() {
            let scores = self.choice.scores(&adapted.choice);
            let mut chosen = Vec::new();
            for given in answers {
                if given.rating.is_some_and(|rating| self.scale.is_like(rating)) {
                    chosen.push(scores[given.item]);
                }
            }
            return if chosen.is_empty() { 0.0 } else { surprise(&scores, &chosen) };
        }
        let rated = self.rated(answers);
        let sum: f32 = rated.iter().map(|&(item, stars)| (expected[item] - stars).powi(2)).sum();
        sum / rated.len().max(1) as f32
    }
}
