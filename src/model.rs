//! A trained model: parameters, local rates, and how to use them.

use crate::adapt::LocalUpdate;
use crate::embedding;
use crate::examples::{Examples, Gathered, Items, Rows, Task, User};
use crate::layout::{Architecture, Field, Layout, LayoutError, Scope};
use crate::network;
use crate::readout::Readout;
use crate::scale::Scale;
use alloc::vec::Vec;

/// Everything that predicts, but the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub layout: Layout,
    /// The flat vector of parameters.
    pub theta: Vec<f32>,
    /// One local rate per parameter that the local update moves.
    pub rates: Vec<f32>,
    pub update: LocalUpdate,
    pub scale: Scale,
    /// From the rating to expect to the rating to say; none where they are the same.
    pub readout: Option<Readout>,
}

impl Model {
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

    /// The ratings to expect for `query` after the local update on `support` ([`Model::support`]), on
    /// the scale; of a softmax model scores, whose order is all they mean. Touches only the parameters that these
    /// items have, except in a softmax model, which must have been folded ([`Model::fold`]).
    ///
    /// # Errors
    /// Only where the model itself is too large.
    pub fn predict(&self, user: &User, support: Examples, query: Items) -> Result<Vec<f32>, LayoutError> {
        if self.update.learns_picks() {
            return self.predict_all(user, support, &query);
        }
        let query = Examples { items: query, labels: Vec::new() };
        let mut task = Task { user: user.clone(), support, query };
        let (part, theta) = self.adapted(&mut task)?;
        Ok(self.ratings(&part.layout, &theta, &task.user, &task.query.items))
    }

    /// As [`Model::predict`], for a whole catalogue: gathers what `support` touches, adapts it, and puts it back into a
    /// copy of all parameters, with which all `items` are predicted.
    ///
    /// # Errors
    /// As [`Model::predict`].
    pub fn predict_all(&self, user: &User, support: Examples, items: &Items) -> Result<Vec<f32>, LayoutError> {
        let theta = self.adapt(user, support)?;
        Ok(self.ratings(&self.layout, &theta, user, items))
    }

    /// All parameters after the local update on `support`.
    ///
    /// # Errors
    /// As [`Model::predict`].
    pub fn adapt(&self, user: &User, support: Examples) -> Result<Vec<f32>, LayoutError> {
        let mut theta = self.theta.clone();
        if self.update.learns_picks() {
            debug_assert_eq!(self.layout.architecture.item_fields.len(), 1, "a softmax is over a folded catalogue");
            self.update.apply(&self.layout, &mut theta, &self.rates, user, &support);
            return Ok(theta);
        }
        let mut task = Task { user: user.clone(), support, query: Examples::nothing(&self.layout) };
        let (part, adapted) = self.adapted(&mut task)?;
        part.put(&mut theta, 0, &adapted);
        Ok(theta)
    }

    /// The part of the model that `task` touches, and its parameters after the local update on the task's support.
    /// Renumbers the task's rows to match.
    fn adapted(&self, task: &mut Task) -> Result<(Gathered, Vec<f32>), LayoutError> {
        let part = Gathered::new(&self.layout, task)?;
        let mut theta = part.take(&self.theta, 0);
        let rates = part.take(&self.rates, self.layout.start(self.update.scope));
        self.update.apply(&part.layout, &mut theta, &rates, &task.user, &task.support);
        Ok((part, theta))
    }

    /// The rating to say where `expected` is the rating to expect.
    pub fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }

    fn ratings(&self, layout: &Layout, theta: &[f32], user: &User, items: &Items) -> Vec<f32> {
        let mut ratings = network::forward(layout, theta, user, items).prediction;
        ratings.iter_mut().for_each(|y| *y = self.scale.rating(*y, self.update.loss));
        ratings
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
