//! What the local update did, for those who want to look inside.

use super::Visitor;
use crate::adapt::Method;
use crate::bundle::Bundle;
use crate::examples::Examples;
use crate::network;
use num_traits::Float;

/// How the model adapted to the answers so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptation {
    pub method: &'static str,
    /// Of gradient descent; 1 in closed form.
    pub steps: usize,
    /// How many answers it adapted to: those that say something about taste.
    pub answers: usize,
    /// Mean loss of these answers without and with the local update; 0 where there are none.
    pub loss_before: f32,
    pub loss_after: f32,
}

impl Visitor {
    /// What the local update did.
    pub fn adaptation(&self) -> Adaptation {
        let update = &self.bundle.model.update;
        let (method, steps) = match update.method {
            Method::Ridge => ("closed-form", 1),
            Method::Gradient(steps) => (if update.learns_picks() { "softmax" } else { "gradient" }, steps.steps),
        };
        let support = self.support(None);
        let nothing = Examples::nothing(&self.bundle.model.layout);
        let (loss_before, loss_after) = (self.loss(&support, nothing), self.loss(&support, support.clone()));
        Adaptation { method, steps, answers: support.labels.len(), loss_before, loss_after }
    }

    /// Mean loss of the `answers` after a local update on `support`.
    fn loss(&self, answers: &Examples, support: Examples) -> f32 {
        if answers.labels.is_empty() {
            return 0.0;
        }
        let Bundle { model, items, .. } = &*self.bundle;
        let user = self.user();
        let theta =
            model.adapt(&user, support).unwrap_or_else(|_| unreachable!("a part of a laid-out model can be laid out"));
        let predict = |items| network::forward(&model.layout, &theta, &user, items).prediction;
        // The part of a softmax that all examples share: the logarithm of the sum, from the highest score down.
        let shared = if model.update.learns_picks() {
            let scores = predict(items);
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            highest + Float::ln(scores.iter().map(|score| Float::exp(score - highest)).sum::<f32>())
        } else {
            0.0
        };
        let predictions = predict(&answers.items);
        let losses = predictions.iter().zip(&answers.labels).map(|(&y, &label)| model.update.loss.value(y, label));
        shared + losses.sum::<f32>() / answers.labels.len() as f32
    }
}
