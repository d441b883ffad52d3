//! A trained model: parameters, local rates, and how to use them.

pub mod features;
pub mod rank;
pub mod readout;
pub mod scale;
pub mod scores;

use crate::adapt::softmax as picks;
use crate::adapt::start;
use crate::adapt::{LocalUpdate, Method};
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::network::embedding;
use crate::network::forward as network;
use crate::network::layout::{Architecture, Field, Layout, LayoutError, Scope};
use crate::network::parameters::{Parameters, Shipped};
use crate::network::submodel::Gathered;
use crate::network::task::{Examples, Items, Rows, Task, User};

/// Everything that predicts, but the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Model<P = Vec<f32>> {
    pub layout: Layout,
    /// The flat vector of parameters.
    pub theta: P,
    /// One local rate per parameter that the local update moves.
    pub rates: Vec<f32>,
    pub update: LocalUpdate,
    pub scale: Scale,
    /// From the rating to expect to the rating to say; none where they are the same.
    pub readout: Option<Readout>,
}

/// The part of a model that one task touches, after the local update on the task's support set.
#[derive(Clone, Debug)]
pub struct Adapted {
    pub layout: Layout,
    pub theta: Vec<f32>,
    /// With its rows as the part numbers them.
    pub task: Task,
    /// What [`LocalUpdate::apply`] returned.
    pub first: Vec<f32>,
}

impl<P: Parameters> Model<P> {
    /// What a visitor rated, positions in the catalogue `items` and ratings, as the local update reads it. To a softmax
    /// model only likes say anything: a dislike is no pick.
    pub fn support(&self, items: &Items, rated: &[(usize, f32)]) -> Examples {
        let loss = self.update.loss;
        let says = |&&(_, rating): &&(usize, f32)| !self.update.learns_picks() || self.scale.is_like(rating);
        let (mut chosen, mut labels) = (Vec::new(), Vec::new());
        for &(item, rating) in rated.iter().filter(says) {
            chosen.push(item);
            labels.push(self.scale.label(rating, loss));
        }
        Examples { items: items.select(chosen.iter().copied()), labels }
    }

    /// The local update of `user` on `support` ([`Model::support`]), of the parameters that this and the items of
    /// `query` have. A softmax model must have been folded ([`Model::fold`]), and reads its whole catalogue.
    ///
    /// # Errors
    /// Only where the model itself is too large.
    pub fn adapt(&self, user: &User, support: Examples, query: Items) -> Result<Adapted, LayoutError> {
        let picks: Vec<u32> = support.items.bias.clone();
        let mut task = Task { user: user.clone(), support, query: Examples { items: query, labels: Vec::new() } };
        let part = Gathered::new(&self.layout, &mut task)?;
        let mut theta = part.gather(&self.theta);
        let mut first = Vec::new();
        if let (true, Method::Gradient(steps)) = (self.update.learns_picks(), self.update.method) {
            start::apply(&part.layout, &mut theta, &task.user, &task.support.items);
            let linear = part.layout.start(Scope::Linear);
            picks::apply(&self.folded(), &mut theta[linear..], &self.rates, steps, &picks);
        } else {
            let rates = part.take(&self.rates, self.layout.start(self.update.scope));
            first = self.update.apply(&part.layout, &mut theta, &rates, &task.user, &task.support);
        }
        Ok(Adapted { layout: part.layout, theta, task, first })
    }

    /// The ratings to expect for `query` after the local update on `support`, on the scale; of a softmax model scores,
    /// whose order is all they mean.
    ///
    /// # Errors
    /// As [`Model::adapt`].
    pub fn predict(&self, user: &User, support: Examples, query: Items) -> Result<Vec<f32>, LayoutError> {
        let Adapted { layout, theta, task, .. } = self.adapt(user, support, query)?;
        let predictions = network::forward(&layout, &theta, &task.user, &task.query.items).prediction;
        Ok(self.ratings(predictions))
    }

    /// Predictions as ratings.
    pub(crate) fn ratings(&self, mut predictions: Vec<f32>) -> Vec<f32> {
        predictions.iter_mut().for_each(|y| *y = self.scale.rating(*y, self.update.loss));
        predictions
    }

    /// The rating to say where `expected` is the rating to expect.
    pub fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }
}

impl Model {
    /// As a bundle keeps it.
    pub fn shipped(self) -> Model<Shipped> {
        let Model { layout, theta, rates, update, scale, readout } = self;
        Model { theta: Shipped::of(&layout, &theta), layout, rates, update, scale, readout }
    }

    /// The same model over one embedding table with a row per item of `items`, each the item's whole vector: what is
    /// shipped when no embedding moves, so that a browser needs no feature tables. Embeddings that do move stay as
    /// they are. Returns the model and the items as it reads them.
    ///
    /// # Errors
    /// Where the catalogue makes the model too large.
    pub fn fold(&self, items: &Items) -> Result<(Model, Items), LayoutError> {
        if self.update.scope == Scope::All {
            return Ok((self.clone(), items.clone()));
        }
        let architecture = &self.layout.architecture;
        let layout = Layout::new(Architecture {
            item_fields: vec![Field::new("item", items.len(), self.layout.item_width)],
            item_bias: architecture.item_bias.map(|_| items.len()),
            start: architecture.start.map(|_| items.len()),
            ..architecture.clone()
        })?;
        let mut theta = Vec::with_capacity(layout.len());
        if architecture.item_bias.is_some() {
            theta.push(self.theta[0]);
            theta.extend(items.bias.iter().map(|&row| self.theta[1 + row as usize]));
        }
        if let Some(table) = self.layout.start_table() {
            let width = self.layout.item_width;
            let starts = items.bias.iter().map(|&row| &self.theta[table + row as usize * width..][..width]);
            theta.extend(starts.flatten());
        }
        theta.extend(embedding::items(&self.layout, &self.theta, &items.fields).iter());
        let item_fields = architecture.item_fields.len();
        let rest = self.layout.tables.get(item_fields).copied().unwrap_or(self.layout.start(Scope::Decision));
        theta.extend_from_slice(&self.theta[rest..]);
        let folded = Items { fields: vec![Rows::identity(items.len())], bias: (0..items.len() as u32).collect() };
        Ok((Model { layout, theta, ..self.clone() }, folded))
    }
}
