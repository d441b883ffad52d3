//! The interface between models and what measures them, and lists of the best items.

use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::metrics::PickMetrics;
use crate::train::Trained;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::halves::Given;
use fewclicks_model::model::rank::{TieBreak, top_k};
use fewclicks_model::network::layout::LayoutError;
use fewclicks_model::network::task::User;
use fewclicks_model::recommender::Recommender;
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
pub fn predictor(model: &Trained, encoded: &Encoded) -> Result<Box<dyn Predictor>, LayoutError> {
    Ok(Box::new(model.recommender(encoded)?))
}

impl Predictor for Recommender {
    fn feedback(&self) -> Feedback {
        Recommender::feedback(self)
    }

    fn ratings(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let query: Vec<usize> = query.iter().map(|&item| item as usize).collect();
        match self {
            Self::Network(network) => network.predict(user, &given(support), &query),
            Self::Halves(halves) => halves.ratings(user, &given(support), &query),
        }
    }

    fn read_out(&self, expected: f32) -> f32 {
        Recommender::read_out(self, expected)
    }

    fn scores(&self, user: &User, support: &[(u32, f32)]) -> Vec<f32> {
        Recommender::scores(self, &self.adapt(user, &given(support))).list
    }
}

/// Return a support set as answers.
fn given(support: &[(u32, f32)]) -> Vec<Given> {
    support.iter().map(|&(item, rating)| Given { item: item as usize, rating: Some(rating) }).collect()
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
