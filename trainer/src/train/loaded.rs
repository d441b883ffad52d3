//! A run's data, ready to train on.

use crate::data::{Dataset, Feedback};
use crate::encode::Encoded;
use crate::encode::Population;

/// A data set with the roles of its users and items, encoded.
#[derive(Debug)]
pub struct Loaded {
    /// The data set.
    pub data: Dataset,
    /// Roles of its users and items.
    pub population: Population,
    /// The data set as the model reads it.
    pub encoded: Encoded,
    /// What the model predicts: ratings, or picks.
    pub feedback: Feedback,
}

impl Loaded {
    /// Return a text that differs if data or roles differ.
    pub(super) fn fingerprint(&self) -> String {
        format!("{}\n{}\n", self.data.fingerprint(), self.population.fingerprint())
    }
}
