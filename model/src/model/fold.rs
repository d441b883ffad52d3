//! Fold the item features of a model into one table with a row per item of a catalogue.

use super::trained::Model;
use crate::network::architecture::{Architecture, Field, Scope};
use crate::network::embedding;
use crate::network::folded::FoldedItems;
use crate::network::layout::{Layout, LayoutError};
use crate::network::parameters::Parameters;
use crate::network::task::{Items, Rows};

impl<P: Parameters> Model<P> {
    /// Return the item vectors and biases of a folded model.
    pub fn folded_items(&self) -> FoldedItems<'_> {
        FoldedItems::new(&self.layout, &self.theta)
    }
}

impl Model {
    /// Return the same model with one embedding table that has the whole item vector of each item of `items`, and these
    /// items as that model numbers them. A folded model predicts the same and needs no feature tables. Where the local
    /// update moves embeddings ([`Scope::All`]), return copies of model and items.
    ///
    /// # Errors
    /// [`LayoutError::TooLarge`] where the table of all items makes the model too large; [`LayoutError::Empty`] where
    /// there are no items.
    ///
    /// # Panics
    /// Where an embedding row of an item lies outside its table.
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
            let rows = items.bias.iter().map(|&row| &self.theta[table + row as usize * width..][..width]);
            theta.extend(rows.flatten());
        }
        theta.extend(embedding::items(&self.layout, &self.theta, &items.fields).iter());
        let rest = self.layout.user_tables().first().copied().unwrap_or(self.layout.offset(Scope::Decision));
        theta.extend_from_slice(&self.theta[rest..]);
        let folded = Items { fields: vec![Rows::identity(items.len())], bias: (0..items.len() as u32).collect() };
        Ok((Model { layout, theta, ..self.clone() }, folded))
    }
}
