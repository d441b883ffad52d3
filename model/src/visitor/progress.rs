//! What the local update did, for those who want to look inside.

use super::Visitor;
use crate::adapt::Method;
use crate::model::Adapted;
use crate::network::forward as network;
use crate::network::task::Examples;
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
        let (loss_before, loss_after) = match support.labels.len() {
            0 => (0.0, 0.0),
            _ => (self.loss(&support, nothing), self.loss(&support, support.clone())),
        };
        Adaptation { method, steps, answers: support.labels.len(), loss_before, loss_after }
    }

    /// Mean loss of the `answers` after a local update on `support`.
    fn loss(&self, answers: &Examples, support: Examples) -> f32 {
        let model = &self.bundle.model;
        let adapted = self.update(support, answers.items.clone());
        // The part of a softmax that all examples share: the logarithm of the sum, from the highest score down.
        let shared = if model.update.learns_picks() {
            let scores = model.predict_all(&adapted, None);
            let highest = scores.iter().copied().fold(f32::MIN, f32::max);
            highest + Float::ln(scores.iter().map(|score| Float::exp(score - highest)).sum::<f32>())
        } else {
            0.0
        };
        let Adapted { layout, theta, task, .. } = adapted;
        let predictions = network::forward(&layout, &theta, &task.user, &task.query.items).prediction;
        let losses = predictions.iter().zip(&answers.labels).map(|(&y, &label)| model.update.loss.value(y, label));
        shared + losses.sum::<f32>() / answers.labels.len() as f32
    }
}
