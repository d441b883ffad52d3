//! A task as a model reads it: positions of items, and embedding rows of the user.

use fewclicks_model::network::task::User;

/// A task with the positions of its items.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskRows {
    /// Embedding rows of the user.
    pub user: User,
    /// Positions of items, each once, and ratings to adapt on.
    pub support: Vec<(u32, f32)>,
    /// Positions of items and ratings to measure on.
    pub query: Vec<(u32, f32)>,
}

impl TaskRows {
    /// Return the first `answers` of the support set, or all if it has fewer.
    pub fn given(&self, answers: usize) -> &[(u32, f32)] {
        &self.support[..answers.min(self.support.len())]
    }

    /// Return the items of the query set.
    pub fn query_items(&self) -> Vec<u32> {
        self.query.iter().map(|&(item, _)| item).collect()
    }

    /// Return the ratings of the query set.
    pub fn query_ratings(&self) -> Vec<f32> {
        self.query.iter().map(|&(_, rating)| rating).collect()
    }
}
