//! Adapt a model to one user's support set, and predict with the result.

use super::trained::Model;
use crate::adapt::{LocalUpdate, implicit, ridge};
use crate::network::architecture::Scope;
use crate::network::forward::forward;
use crate::network::layout::Layout;
use crate::network::parameters::Parameters;
use crate::network::submodel::Submodel;
use crate::network::task::{Examples, Items, Task, User};

/// The submodel that one task uses, after the local update on the task's support set.
#[derive(Clone, Debug)]
pub struct Adapted {
    /// The submodel's layout.
    pub layout: Layout,
    /// The submodel's parameters, `layout.len()` numbers.
    pub theta: Vec<f32>,
    /// The task, with embedding rows numbered as in the submodel.
    pub task: Task,
}

impl<P: Parameters> Model<P> {
    /// Do the local update for `user` on `support` ([`Model::support`]). Only the parameters that the support set and
    /// the items of `query` use are copied and adapted. A softmax model must be folded ([`Model::fold`]): its update
    /// uses the whole catalogue.
    ///
    /// # Panics
    /// Where an embedding row lies outside its table, or the user or the items have fewer fields than the model.
    pub fn adapt(&self, user: &User, support: Examples, query: Items) -> Adapted {
        let picks = support.items.bias.clone();
        let mut task = Task { user: user.clone(), support, query: Examples { items: query, labels: Vec::new() } };
        let part = Submodel::new(&self.layout, &mut task);
        let mut theta = part.gather(&self.theta);
        let Task { user, support, .. } = &task;
        let rates = part.take(&self.rates, self.layout.offset(self.update.scope()));
        match &self.update {
            LocalUpdate::Gradient(update) => update.apply(&part.layout, &mut theta, &rates, user, support),
            LocalUpdate::Ridge => ridge::apply(&part.layout, &mut theta, &rates, user, support),
            LocalUpdate::Softmax(update) => {
                implicit::apply(&part.layout, &mut theta, user, &support.items);
                let linear = part.layout.offset(Scope::Linear);
                update.apply(&self.folded_items(), &mut theta[linear..], &rates, &picks);
            }
        }
        Adapted { layout: part.layout, theta, task }
    }

    /// Return the expected ratings of `query` on the scale, one per item, after the local update on `support`. A softmax
    /// model returns scores, of which only the order has a meaning.
    ///
    /// # Panics
    /// As [`Model::adapt`].
    pub fn predict(&self, user: &User, support: Examples, query: Items) -> Vec<f32> {
        let Adapted { layout, theta, task } = self.adapt(user, support, query);
        self.ratings(forward(&layout, &theta, &task.user, &task.query.items).prediction)
    }
}
