//! A trained model: parameters, local rates, and how to use them.

use crate::adapt::LocalUpdate;
use crate::embedding;
use crate::examples::Gathered;
use crate::examples::{Examples, Items, Rows, Task, User};
use crate::layout::{Architecture, Field, Layout, LayoutError, Scope};
use crate::network;
use crate::scale::Scale;

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
}

impl Model {
    /// Predicts `query` after the local update on `support` (labels as [`Scale::label`] gives them): ratings on the
    /// scale. Touches only the parameters that these items have.
    ///
    /// # Errors
    /// Only where the model itself is too large.
    pub fn predict(&self, user: &User, support: Examples, query: Items) -> Result<Vec<f32>, LayoutError> {
        let query = Examples { items: query, labels: Vec::new() };
        let mut task = Task { user: user.clone(), support, query };
        let gathered = Gathered::new(&self.layout, &mut task)?;
        let mut theta = gathered.take(&self.theta, 0);
        let rates = gathered.take(&self.rates, self.layout.start(self.update.scope));
        self.update.apply(&gathered.layout, &mut theta, &rates, &task.user, &task.support);
        let pass = network::forward(&gathered.layout, &theta, &task.user, &task.query.items);
        Ok(pass.prediction.iter().map(|&y| self.scale.rating(y, self.update.loss)).collect())
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
            item_fields: vec![Field { name: "item".into(), rows: items.len(), width: self.layout.item_width }],
            item_bias: architecture.item_bias.map(|_| items.len()),
            ..architecture.clone()
        })?;
        let mut theta = Vec::with_capacity(layout.len());
        if architecture.item_bias.is_some() {
            theta.push(self.theta[0]);
            theta.extend(items.bias.iter().map(|&row| self.theta[1 + row as usize]));
        }
        theta.extend(embedding::items(&self.layout, &self.theta, &items.fields).iter());
        let item_fields = architecture.item_fields.len();
        let rest = self.layout.tables.get(item_fields).copied().unwrap_or(self.layout.start(Scope::Decision));
        theta.extend_from_slice(&self.theta[rest..]);
        let folded = Items { fields: vec![Rows::identity(items.len())], bias: (0..items.len() as u32).collect() };
        Ok((Model { layout, theta, ..self.clone() }, folded))
    }
}
