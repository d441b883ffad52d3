//! The network as a recommender.

use super::{Adaptation, Recommender};
use crate::adapt::LocalUpdate;
use crate::halves::Given;
use crate::model::{Adapted, Model};
use crate::network::architecture::Scope;
use crate::network::forward::forward;
use crate::network::parameters::StoredParameters;
use crate::network::task::{Examples, Items, User};

/// A network with its local update, and the items of a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The model, folded over the catalogue except where its local update moves embeddings.
    pub model: Model<StoredParameters>,
    /// The embedding rows of the catalogue's items.
    pub items: Items,
}

impl From<(Model, Items)> for Recommender {
    /// Take a folded model and its items, as [`Model::fold`] returns them.
    fn from((model, items): (Model, Items)) -> Self {
        Self::Network(Network { model: model.stored(), items })
    }
}

impl Network {
    /// Return the support set: the answers with a rating.
    fn support(&self, answers: &[Given]) -> Examples {
        let mut rated = Vec::new();
        for given in answers {
            rated.extend(given.rating.map(|rating| (given.item, rating)));
        }
        self.model.support(&self.items, &rated)
    }

    /// Do the local update for `user` on `answers`.
    pub(super) fn adapt(&self, user: &User, answers: &[Given]) -> Adapted {
        // Where embeddings move, all item vectors may change.
        let whole = self.model.update.scope() == Scope::All;
        let query = if whole { self.items.clone() } else { Examples::none(&self.model.layout).items };
        self.model.adapt(user, self.support(answers), query)
    }

    /// Return the expected ratings of `items` for `user` after `answers`; with picks only their scores.
    ///
    /// # Panics
    /// Where an item lies outside the catalogue, or a row of `user` outside its table.
    pub fn predict(&self, user: &User, answers: &[Given], items: &[usize]) -> Vec<f32> {
        self.model.predict(user, self.support(answers), self.items.select(items.iter().copied()))
    }

    /// Describe the local update for `user` on `answers`.
    pub(super) fn adaptation(&self, user: &User, answers: &[Given]) -> Adaptation {
        let (method, steps) = match &self.model.update {
            LocalUpdate::Ridge => ("closed-form", 1),
            LocalUpdate::Gradient(update) => ("gradient", update.steps),
            LocalUpdate::Softmax(update) => ("softmax", update.steps),
        };
        let support = self.support(answers);
        let none = Examples::none(&self.model.layout);
        let [loss_before, loss_after] = match support.labels.len() {
            0 => [0.0, 0.0],
            _ => [none, support.clone()].map(|learned| self.loss(user, &support, learned)),
        };
        Adaptation { method, steps, answers: support.labels.len(), loss_before, loss_after }
    }

    /// Return the mean loss of `answers` after a local update on `support`.
    fn loss(&self, user: &User, answers: &Examples, support: Examples) -> f32 {
        let adapted = self.model.adapt(user, support, answers.items.clone());
        let Adapted { layout, theta, task } = &adapted;
        let predictions = forward(layout, theta, &task.user, &task.query.items).prediction;
        match self.model.update.loss() {
            Some(loss) => {
                let sum: f32 = predictions.iter().zip(&answers.labels).map(|(&y, &label)| loss.value(y, label)).sum();
                sum / answers.labels.len() as f32
            }
            None => surprise(&self.model.predict_all(&adapted), &predictions),
        }
    }
}

/// Return the mean of −ln p over the items with the scores `chosen`, p the softmax of all `scores`.
pub(super) fn surprise(scores: &[f32], chosen: &[f32]) -> f32 {
    // −ln p = ln Σ e^score − score, with the highest score subtracted from all to prevent overflow.
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let log_sum = highest + scores.iter().map(|score| (score - highest).exp()).sum::<f32>().ln();
    chosen.iter().map(|score| log_sum - score).sum::<f32>() / chosen.len() as f32
}
