//! A run's data, ready to train on.

use crate::data::{Dataset, Feedback};
use crate::encode::Encoded;
use crate::encode::Population;
use crate::ranks;
use anyhow::ensure;

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
        if ranks::size() > 1 {
            let own = self.data.fingerprint_of_tables() + &fingerprint;
            ensure!(
                ranks::from_first(|| Ok(own.clone()))? == own,
                "rank {} reads other data than the first: share the folder, or copy all of it to each machine",
                ranks::rank()
            );
        }
        Ok(fingerprint)
    }
}
