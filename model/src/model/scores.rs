//! Predict for the whole catalogue of a folded model, in blocks of items that fit a processor's cache. Only the scores
//! take memory in proportion to the catalogue.

use super::adapted::Adapted;
use super::trained::Model;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::folded::BLOCK;
use crate::network::forward::forward;
use crate::network::mlp::Activations;
use crate::network::parameters::Parameters;

impl<P: Parameters> Model<P> {
    /// Return the expected ratings on the scale (scores of a softmax model) of all items of a folded model after the local
    /// update `adapted`; where embeddings move, of the query set of `adapted`.
    ///
    /// # Panics
    /// Where `adapted` is of another model.
    pub fn predict_all(&self, adapted: &Adapted) -> Vec<f32> {
        let Adapted { layout, theta, task } = adapted;
        if self.update.scope() == Scope::All {
            return self.ratings(forward(layout, theta, &task.user, &task.query.items).prediction);
        }
        let items = self.folded_items();
        let c = embedding::user(layout, theta, &task.user);
        let mean = layout.bias().map_or(0.0, |(mean, _)| theta[mean]);
        let mut activations = Activations::new(layout, BLOCK);
        let mut scores = Vec::with_capacity(items.len());
        items.for_each_block(&mut |block, x| {
            if block.len() < BLOCK {
                activations = Activations::new(layout, block.len());
            }
            activations.update(layout, theta, x, &c, 0);
            scores.extend_from_slice(&activations.output);
            if let Some(bias) = items.bias().get(block.clone()) {
                scores[block].iter_mut().zip(bias).for_each(|(y, bias)| *y += mean + bias);
            }
        });
        self.ratings(scores)
    }
}
