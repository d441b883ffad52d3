//! A description of the local update.

use super::session::Visitor;
use crate::adapt::LocalUpdate;
use crate::model::Adapted;
use crate::network::forward::forward;
use crate::network::task::Examples;

/// A description of the local update on the answers so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptation {
    /// The method: `gradient`, `closed-form` or `softmax`.
    pub method: &'static str,
    /// The number of gradient steps; 1 in closed form.
    pub steps: usize,
    /// The number of answers in the support set: those with a rating, or with picks those with a like.
    pub answers: usize,
    /// The mean loss of these answers without the local update; 0 where there are none.
    pub loss_before: f32,
    /// The mean loss of these answers after the local update; 0 where there are none.
    pub loss_after: f32,
}

impl Visitor {
    /// Describe the local update on the answers so far. The two losses cost up to two local updates.
    pub fn adaptation(&self) -> Adaptation {
        let (method, steps) = match &self.bundle.model.update {
            LocalUpdate::Ridge => ("closed-form", 1),
            LocalUpdate::Gradient(update) => ("gradient", update.steps),
            LocalUpdate::Softmax(update) => ("softmax", update.steps),
        };
        let support = self.support(None);
        let none = Examples::none(&self.bundle.model.layout);
        let (loss_before, loss_after) = match support.labels.len() {
            0 => (0.0, 0.0),
            _ => (self.loss(&support, none), self.loss(&support, support.clone())),
        };
        Adaptation { method, steps, answers: support.labels.len(), loss_before, loss_after }
    }

    /// Return the mean loss of `answers` after a local update on `support`.
    fn loss(&self, answers: &Examples, support: Examples) -> f32 {
        let model = &self.bundle.model;
        let adapted = model.adapt(&self.user(), support, answers.items.clone());
        let Adapted { layout, theta, task, .. } = &adapted;
        let predictions = forward(layout, theta, &task.user, &task.query.items).prediction;
        let sum: f32 = match model.update.loss() {
            Some(loss) => predictions.iter().zip(&answers.labels).map(|(&y, &label)| loss.value(y, label)).sum(),
            // −ln p = ln Σ e^score − score, with the highest score subtracted from all to prevent overflow.
            None => {
                let scores = model.predict_all(&adapted, None);
                let highest = scores.iter().copied().fold(f32::MIN, f32::max);
                let log_sum = highest + scores.iter().map(|score| (score - highest).exp()).sum::<f32>().ln();
                predictions.iter().map(|y| log_sum - y).sum()
            }
        };
        sum / answers.labels.len() as f32
    }
}
