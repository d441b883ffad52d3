//! A run's data, ready to train on.

use crate::data::{Dataset, Feedback};
use crate::encode::{Encoded, Population};
use crate::ranks;

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
    ///
    /// # Errors
    /// Return an error on a rank whose data or roles differ from the first one's.
    pub(super) fn fingerprint(&self) -> anyhow::Result<String> {
        let ratings = self.data.fingerprint_of(&self.encoded.shard);
        let fingerprint = format!("{ratings}\n{}\n", self.population.fingerprint());
        // Tables are compared before they are encoded.
        ranks::check_same(&fingerprint)?;
        Ok(fingerprint)
    }
}
