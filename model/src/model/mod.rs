//! A trained model: parameters, local rates, and how to use them.

pub mod rank;
pub mod readout;
pub mod scale;
pub mod scores;
pub mod vocabulary;

use crate::adapt::{LocalUpdate, implicit, ridge};
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::architecture::{Architecture, Field, Scope};
use crate::network::embedding;
use crate::network::folded::FoldedItems;
use crate::network::forward::forward;
use crate::network::layout::{Layout, LayoutError};
use crate::network::parameters::{Parameters, StoredParameters};
use crate::network::submodel::Submodel;
use crate::network::task::{Examples, Items, Rows, Task, User};

/// Everything that predicts, but the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Model<P = Vec<f32>> {
    /// Where the parameters lie.
    pub layout: Layout,
    /// The flat vector of parameters.
    pub theta: P,
    /// One local rate per parameter that the local update moves.
    pub rates: Vec<f32>,
    /// How it adapts.
    pub update: LocalUpdate,
    /// The ratings there are.
    pub scale: Scale,
    /// From the rating to expect to the rating to show; `None` where they are the same.
    pub readout: Option<Readout>,
}

/// The part of a model that one task touches, after the local update on the task's support set.
#[derive(Clone, Debug)]
pub struct Adapted {
    /// Where the part's parameters lie.
    pub layout: Layout,
    /// The part's parameters.
    pub theta: Vec<f32>,
    /// The task, with its rows as the part numbers them.
    pub task: Task,
    /// What [`crate::adapt::Gradient::apply`] returned; empty for other local updates.
    pub first_layer_deltas: Vec<f32>,
}

impl<P: Parameters> Model<P> {
    /// What a visitor rated, positions in the catalogue `items` and ratings, as the local update reads it. A softmax
    /// reads likes alone: a dislike is no pick.
    pub fn support(&self, items: &Items, rated: &[(usize, f32)]) -> Examples {
        let loss = self.update.loss();
        let (mut chosen, mut labels) = (Vec::new(), Vec::new());
        for &(item, rating) in rated {
            let label = match loss {
                Some(loss) => self.scale.label(rating, loss),
                None if self.scale.is_like(rating) => 1.0,
                None => continue,
            };
            chosen.push(item);
            labels.push(label);
        }
        Examples { items: items.select(chosen.iter().copied()), labels }
    }

    /// The local update of `user` on `support` ([`Model::support`]), of the parameters that this and the items of
    /// `query` have. A softmax model must have been folded ([`Model::fold`]), and reads its whole catalogue.
    pub fn adapt(&self, user: &User, support: Examples, query: Items) -> Adapted {
        let picks = support.items.bias.clone();
        let mut task = Task { user: user.clone(), support, query: Examples { items: query, labels: Vec::new() } };
        let part = Submodel::new(&self.layout, &mut task);
        let mut theta = part.gather(&self.theta);
        let mut first_layer_deltas = Vec::new();
        let Task { user, support, .. } = &task;
        let rates = part.take(&self.rates, self.layout.offset(self.update.scope()));
        match &self.update {
            LocalUpdate::Gradient(update) => {
                first_layer_deltas = update.apply(&part.layout, &mut theta, &rates, user, support);
            }
            LocalUpdate::Ridge => ridge::apply(&part.layout, &mut theta, &rates, user, support),
            LocalUpdate::Softmax(update) => {
                implicit::apply(&part.layout, &mut theta, user, &support.items);
                let linear = part.layout.offset(Scope::Linear);
                update.apply(&self.folded_items(), &mut theta[linear..], &rates, &picks);
            }
        }
        Adapted { layout: part.layout, theta, task, first_layer_deltas }
    }

    /// The ratings to expect for `query` after the local update on `support`, on the scale; of a softmax model scores,
    /// of which only the order has a meaning.
    pub fn predict(&self, user: &User, support: Examples, query: Items) -> Vec<f32> {
        let Adapted { layout, theta, task, .. } = self.adapt(user, support, query);
        self.ratings(forward(&layout, &theta, &task.user, &task.query.items).prediction)
    }

    /// Predictions as ratings.
    pub(crate) fn ratings(&self, mut predictions: Vec<f32>) -> Vec<f32> {
        if let Some(loss) = self.update.loss() {
            predictions.iter_mut().for_each(|y| *y = self.scale.rating(*y, loss));
        }
        predictions
    }

    /// The rating to show where `expected` is the rating to expect.
    pub fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }

    /// What every item of a folded model has of its own.
    pub fn folded_items(&self) -> FoldedItems<'_> {
        FoldedItems::new(&self.layout, &self.theta)
    }
}

impl Model {
    /// The same model as a bundle stores it.
    pub fn stored(self) -> Model<StoredParameters> {
        let Model { layout, theta, rates, update, scale, readout } = self;
        Model { theta: StoredParameters::from_flat(&layout, &theta), layout, rates, update, scale, readout }
    }

    /// The same model over one embedding table with a row per item of `items`, each the item's whole vector: what is
    /// shipped when no embedding moves, so that a browser needs no feature tables. Embeddings that do move stay as
    /// they are. Return the model and the items as it reads them.
    ///
    /// # Errors
    /// Where the catalogue makes the model too large.
    pub fn fold(&self, items: &Items) -> Result<(Model, Items), LayoutError> {
        if self.update.scope() == Scope::All {
            return Ok((self.clone(), items.clone()));
        }
        let architecture = &self.layout.architecture;
        let layout = Layout::new(Architecture {
            item_fields: vec![Field::new("item", items.len(), self.layout.item_width)],
            item_bias: architecture.item_bias.map(|_| items.len()),
            implicit: architecture.implicit.map(|_| items.len()),
            ..architecture.clone()
        })?;
        let mut theta = Vec::with_capacity(layout.len());
        if let Some((mean, bias)) = self.layout.bias() {
            theta.push(self.theta[mean]);
            theta.extend(items.bias.iter().map(|&row| self.theta[bias.start + row as usize]));
        }
        if let Some(table) = self.layout.implicit_table() {
            let width = self.layout.item_width;
            let starts = items.bias.iter().map(|&row| &self.theta[table + row as usize * width..][..width]);
            theta.extend(starts.flatten());
        }
        theta.extend(embedding::items(&self.layout, &self.theta, &items.fields).iter());
        let rest = self.layout.user_tables().first().copied().unwrap_or(self.layout.offset(Scope::Decision));
        theta.extend_from_slice(&self.theta[rest..]);
        let folded = Items { fields: vec![Rows::identity(items.len())], bias: (0..items.len() as u32).collect() };
        Ok((Model { layout, theta, ..self.clone() }, folded))
    }
}
