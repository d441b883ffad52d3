//! The whole catalogue of a folded model at once: block by block, each small enough to stay in a processor's cache, so
//! that nothing but the scores grows with the catalogue.

use crate::decision;
use crate::embedding;
use crate::layout::Scope;
use crate::linalg::matrix;
use crate::model::{Adapted, Model};
use crate::network;
use crate::parameters::{Numbers, Parameters};
use ndarray::ArrayView2;
use std::ops::Range;

/// Items at a time.
const BLOCK: usize = 256;

/// What every item has of its own in a folded model ([`Model::fold`]).
pub struct Folded<'a> {
    /// Item vectors, (items × `width`).
    vectors: Numbers<'a>,
    width: usize,
    count: usize,
    /// One per item, or none at all.
    pub bias: &'a [f32],
}

impl Folded<'_> {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Shows all item vectors to `see`, block by block: positions, and their vectors (items × width).
    pub fn each_block(&self, mut see: impl FnMut(Range<usize>, ArrayView2<f32>)) {
        let mut buffer = Vec::new();
        for start in (0..self.count).step_by(BLOCK) {
            let block = start..self.count.min(start + BLOCK);
            let vectors = self.vectors.rows(self.width, block.clone(), &mut buffer);
            see(block.clone(), matrix(block.len(), self.width, vectors));
        }
    }
}

impl<P: Parameters> Model<P> {
    /// What every item of a folded model has of its own.
    pub fn folded(&self) -> Folded<'_> {
        let (count, width) = (self.layout.architecture.item_fields[0].rows, self.layout.item_width);
        debug_assert_eq!(self.layout.architecture.item_fields.len(), 1, "a folded model has one table");
        let vectors = self.theta.numbers(self.layout.tables[0], count * width);
        let bias = match self.layout.architecture.item_bias {
            Some(rows) => self.theta.numbers(1, rows),
            None => Numbers::Single(&[]),
        };
        let Numbers::Single(bias) = bias else { unreachable!("only tables are kept in bytes") };
        Folded { vectors, width, count, bias }
    }

    /// What is to be expected of all items: of those that the model was folded over, or, where embeddings move, of the
    /// query that `adapted` was made for.
    pub fn predict_all(&self, adapted: &Adapted) -> Vec<f32> {
        let Adapted { layout, theta, task } = adapted;
        if self.update.scope == Scope::All {
            return self.ratings(network::forward(layout, theta, &task.user, &task.query.items).prediction);
        }
        let c = embedding::user(layout, theta, &task.user);
        let folded = self.folded();
        let mean = if folded.bias.is_empty() { 0.0 } else { theta[0] };
        let mut scores = Vec::with_capacity(folded.len());
        folded.each_block(|block, x| {
            let mut output = decision::forward(layout, theta, x, &c).output;
            if let Some(bias) = folded.bias.get(block) {
                output.iter_mut().zip(bias).for_each(|(y, bias)| *y += mean + bias);
            }
            scores.append(&mut output);
        });
        self.ratings(scores)
    }
}
