//! Which item to ask about next: the one whose answer is expected to tell most about what else people know.
//!
//! A model that is linear in the parameters it adapts last, with prior variances for them, is a Bayesian linear
//! regression: after some answers its weights have the posterior covariance Σ, and the answer about item i would lower
//! the variance of the prediction for item q by (φ_qᵀΣφᵢ)² / (φᵢᵀΣφᵢ + 1). What asking i is worth is that, summed over
//! all q that the visitor may know, times the chance κᵢ that they know i at all (V-optimal design); once more its root,
//! as a question that is passed over costs patience beside the answer that it does not bring:
//! κᵢ^1.5 · φᵢᵀΣMΣφᵢ / (φᵢᵀΣφᵢ + 1) with M = Σ_q κ_q φ_q φ_qᵀ.
//!
//! Of a closed-form update this is exact: φ are item vectors, prior variances e^−ρ. Of gradient steps it is the first
//! order around the adapted weights: φ are the inputs of what the prediction is linear in, and a step at rate α stands
//! for a prior variance of 2Tα / (κ + 1), how far a single answer moves a weight.

use crate::adapt::ridge::MAX_LOG_PRECISION;
use crate::adapt::{Gradient, LocalUpdate, Softmax};
use crate::math::matrix::{as_mut_slice, as_slice, column, dot, owned, row, zeros};
use crate::math::scalar::Scalar;
use crate::model::{Adapted, Model};
use crate::network::architecture::Scope;
use crate::network::forward::forward;
use crate::network::parameters::Parameters;
use crate::network::task::{Items, User};
use ndarray::Array2;

/// What may be asked, and what has been. Iterates over the items to ask about next, as long as no answer comes: after
/// an answer the weights are others, and so are the questions.
#[derive(Clone, Debug)]
pub struct Questions {
    /// Positions in the catalogue.
    items: Vec<usize>,
    /// φ, (items × features), in units of the prior's standard deviation.
    features: Array2<f32>,
    /// κ, per item.
    known: Vec<f32>,
    /// M, (features × features).
    wanted: Array2<f32>,
    /// Σ, likewise; the identity before the first answer.
    covariance: Array2<f32>,
    /// Per item.
    asked: Vec<bool>,
}

impl Questions {
    /// To `user`, about `candidates`: positions in the catalogue `items`, each with the share of visitors who know it,
    /// from 0 to 1. They are seen with the weights of `model` after its local update on the `answers` so far: what was
    /// asked about, once each, and its rating, `None` of an item that turned out not to be known.
    pub fn new<P: Parameters>(
        model: &Model<P>,
        items: &Items,
        user: &User,
        candidates: &[(usize, f32)],
        answers: &[(usize, Option<f32>)],
    ) -> Self {
        // Answers about other items than candidates count as well; whether these are known is not known.
        let mut about = candidates.to_vec();
        let mut positions = Vec::with_capacity(answers.len());
        for &(item, _) in answers {
            positions.push(about.iter().position(|&(other, _)| other == item).unwrap_or(about.len()));
            if positions.last() == Some(&about.len()) {
                about.push((item, 0.0));
            }
        }
        let mut rated = Vec::new();
        for &(item, rating) in answers {
            rated.extend(rating.map(|rating| (item, rating)));
        }
        let (mut chosen, mut known) = (Vec::new(), Vec::new());
        for (item, share) in about {
            chosen.push(item);
            known.push(share);
        }
        let query = items.select(chosen.iter().copied());
        let adapted = model.adapt(user, model.support(items, &rated), query);
        let mut features = inputs(&adapted);
        let variances = prior_variances(model, features.ncols());
        for feature in as_mut_slice(&mut features).chunks_exact_mut(variances.len()) {
            feature.iter_mut().zip(&variances).for_each(|(x, variance)| *x *= variance.sqrt());
        }
        let mut questions = Self::among(chosen, features, known);
        for (position, &(_, rating)) in positions.into_iter().zip(answers) {
            questions.note(position, rating.is_some());
        }
        questions
    }

    /// Before the first answer.
    fn among(items: Vec<usize>, features: Array2<f32>, known: Vec<f32>) -> Self {
        let width = features.ncols();
        let mut weighted = features.clone();
        for (feature, known) in as_mut_slice(&mut weighted).chunks_exact_mut(width).zip(&known) {
            feature.iter_mut().for_each(|x| *x *= known);
        }
        let wanted = f32::matmul(features.t(), weighted.view());
        let mut covariance = zeros(width, width);
        as_mut_slice(&mut covariance).iter_mut().step_by(width + 1).for_each(|x| *x = 1.0);
        let asked = vec![false; items.len()];
        Self { items, features, known, wanted, covariance, asked }
    }

    /// Notes that the item at `position` was asked about. Without an answer that counts with the chance that there
    /// was of one: whoever does not know an item will not know its likes.
    fn note(&mut self, position: usize, answered: bool) {
        self.asked[position] = true;
        let chance = if answered { 1.0 } else { self.known[position] };
        let feature = row(&self.features, position);
        let towards = f32::matmul(self.covariance.view(), column(feature));
        let towards = as_slice(&towards);
        let share = chance / (dot(feature, towards) + 1.0);
        for (covariance, a) in as_mut_slice(&mut self.covariance).chunks_exact_mut(towards.len()).zip(towards) {
            covariance.iter_mut().zip(towards).for_each(|(x, b)| *x -= a * b * share);
        }
    }

    /// What asking is worth, per item.
    fn worth(&self) -> Vec<f32> {
        let towards = f32::matmul(self.features.view(), self.covariance.view());
        let lowered = f32::matmul(towards.view(), self.wanted.view());
        let worth = |item: usize| {
            let (towards, known) = (row(&towards, item), self.known[item]);
            known * known.sqrt() * dot(towards, row(&lowered, item)) / (dot(towards, row(&self.features, item)) + 1.0)
        };
        (0..self.known.len()).map(worth).collect()
    }

    /// The position that is best to ask about; none when all were asked.
    fn best(&self) -> Option<usize> {
        let worth = self.worth();
        let open = (0..worth.len()).filter(|&item| !self.asked[item]);
        open.max_by(|&a, &b| worth[a].total_cmp(&worth[b]).then(b.cmp(&a)))
    }
}

impl Iterator for Questions {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let best = self.best()?;
        self.note(best, false);
        Some(self.items[best])
    }
}

/// Of the query's items what the prediction is linear in: the inputs of the last decision layer with its constant, then the item vector.
fn inputs(Adapted { layout, theta, task, .. }: &Adapted) -> Array2<f32> {
    let items = &task.query.items;
    let pass = forward(layout, theta, &task.user, items);
    let hidden = layout.layers.last().map_or(0, |last| last.inputs + 1);
    let width = hidden + if layout.architecture.linear { layout.item_width } else { 0 };
    let mut inputs = Vec::with_capacity(items.len() * width);
    for item in 0..items.len() {
        if let Some(hidden) = pass.activations.hidden.last() {
            inputs.extend_from_slice(row(hidden, item));
            inputs.push(1.0);
        }
        if layout.architecture.linear {
            inputs.extend_from_slice(row(&pass.x, item));
        }
    }
    owned(items.len(), width, inputs)
}

/// Of the last `count` parameters; none varies that the local update leaves alone.
fn prior_variances<P>(model: &Model<P>, count: usize) -> Vec<f32> {
    let variance = |&rate: &f32| match model.update {
        LocalUpdate::Ridge => (-rate.clamp(-MAX_LOG_PRECISION as f32, MAX_LOG_PRECISION as f32)).exp(),
        LocalUpdate::Gradient(Gradient { steps, kappa, .. }) | LocalUpdate::Softmax(Softmax { steps, kappa }) => {
            2.0 * steps as f32 * rate.max(0.0) / (kappa as f32 + 1.0)
        }
    };
    let mut variances = vec![0.0; count];
    let moved = model.rates.len().min(model.layout.len() - model.layout.offset(Scope::Last));
    for (variance_of, rate) in variances.iter_mut().rev().zip(model.rates.iter().rev().take(moved)) {
        *variance_of = variance(rate);
    }
    variances
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two items that say the same, one that says something else, one that nobody knows.
    fn questions() -> Questions {
        let features = ndarray::array![[2.0, 0.0], [2.0, 0.0], [0.0, 1.5], [0.0, 9.0]];
        let known = vec![0.5, 0.4, 0.5, 0.0];
        Questions::among(vec![10, 11, 12, 13], features, known)
    }

    #[test]
    fn an_answer_makes_its_likes_worth_less() {
        let mut questions = questions();
        assert_eq!(questions.best(), Some(0));
        questions.note(0, true);
        assert_eq!(questions.best(), Some(2), "the second would say the same again");
        assert_eq!(questions.worth()[3], 0.0);
        assert_eq!(questions.by_ref().collect::<Vec<_>>(), [12, 11, 13]);
        assert_eq!(questions.best(), None);
    }

    #[test]
    fn the_worth_is_the_variance_that_an_answer_takes_away() {
        let before = questions();
        let total = |q: &Questions| -> f32 {
            let variance = |i: usize| q.features.row(i).dot(&q.covariance.dot(&q.features.row(i)));
            (0..4).map(|i| q.known[i] * variance(i)).sum()
        };
        for item in 0..3 {
            let mut after = before.clone();
            after.note(item, true);
            let taken = before.known[item].powf(1.5) * (total(&before) - total(&after));
            assert!((before.worth()[item] - taken).abs() < 1e-5, "{item}: {} and {taken}", before.worth()[item]);
        }
    }
}
