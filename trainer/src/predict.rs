//! The interface between models and what measures them, and lists of the best items.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::metrics::PickMetrics;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::model::Model;
use fewclicks_model::model::rank::{TieBreak, top_k};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::layout::LayoutError;
use fewclicks_model::network::parameters::Parameters;
use fewclicks_model::network::task::{Examples, Items, User};
use std::collections::HashSet;

/// A model or baseline that predicts for one user after a support set: items of the catalogue and ratings.
pub trait Predictor: Sync {
    /// Return what it learned from.
    fn feedback(&self) -> Feedback;

    /// Return the expected ratings of the `query` items, which may lie off the scale; for picks, scores.
    fn ratings(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32>;

    /// Return the rating to show for an expected rating.
    fn read_out(&self, expected: f32) -> f32;

    /// Return a score of every item of the catalogue: a visitor's list is sorted by it.
    fn scores(&self, user: &User, support: &[(u32, f32)]) -> Vec<f32>;
}

/// Return the predictor of a trained model for the catalogue of `encoded`.
///
/// # Errors
/// Return an error if the catalogue makes the model too large.
pub fn predictor(model: &Model, encoded: &Encoded) -> Result<Box<dyn Predictor>, LayoutError> {
    Ok(Box::new(Folded::new(model, &encoded.items)?))
}

/// A folded model with its catalogue.
#[derive(Clone, Debug)]
pub struct Folded<P = Vec<f32>> {
    /// The folded model.
    pub model: Model<P>,
    /// The catalogue as that model numbers it.
    pub items: Items,
}

impl Folded {
    /// Fold `model` for the catalogue `items`.
    ///
    /// # Errors
    /// Return an error if the catalogue makes the model too large.
    pub fn new(model: &Model, items: &Items) -> Result<Self, LayoutError> {
        let (model, items) = model.fold(items)?;
        Ok(Self { model, items })
    }
}

impl<P: Parameters> Folded<P> {
    fn examples(&self, support: &[(u32, f32)]) -> Examples {
        let rated: Vec<(usize, f32)> = support.iter().map(|&(item, rating)| (item as usize, rating)).collect();
        self.model.support(&self.items, &rated)
    }
}

impl<P: Parameters + Sync> Predictor for Folded<P> {
    fn feedback(&self) -> Feedback {
        self.model.update.feedback()
    }

    fn ratings(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let query = self.items.select(query.iter().map(|&item| item as usize));
        self.model.predict(user, self.examples(support), query)
    }

    fn read_out(&self, expected: f32) -> f32 {
        self.model.read_out(expected)
    }

    fn scores(&self, user: &User, support: &[(u32, f32)]) -> Vec<f32> {
        let none = Examples::none(&self.model.layout).items;
        // Where embeddings move, only the items of the query set are predicted.
        let query = if self.model.update.scope() == Scope::All { self.items.clone() } else { none };
        self.model.predict_all(&self.model.adapt(user, self.examples(support), query), None)
    }
}

/// Predict the ratings to show of a task's query items after `support`.
pub fn predict_task(predictor: &dyn Predictor, task: &TaskRows, support: &[(u32, f32)]) -> Vec<f32> {
    let expected = predictor.ratings(&task.user, support, &task.query_items());
    expected.into_iter().map(|rating| predictor.read_out(rating)).collect()
}

/// Return the [`PickMetrics::LISTED`] best items after `support`, best first, without any of the task's support set.
pub fn rank_task(predictor: &dyn Predictor, task: &TaskRows, support: &[(u32, f32)]) -> Vec<u32> {
    best(&predictor.scores(&task.user, support), &task.support)
}

/// Return the [`PickMetrics::LISTED`] items with the highest scores, best first, without those of `support`.
pub fn best(scores: &[f32], support: &[(u32, f32)]) -> Vec<u32> {
    let asked: HashSet<usize> = support.iter().map(|&(item, _)| item as usize).collect();
    let open = |item: usize| !asked.contains(&item);
    top_k(scores, &open, PickMetrics::LISTED, TieBreak { seed: 0 }).into_iter().map(|item| item as u32).collect()
}
