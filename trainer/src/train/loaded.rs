//! A run's data, ready to learn from.

use crate::data::Dataset;
use crate::encode::Encoded;
use crate::encode::population::Population;

/// A run's data, ready to learn from.
#[derive(Debug)]
pub struct Loaded {
    pub data: Dataset,
    pub population: Population,
    pub encoded: Encoded,
}

impl Loaded {
    /// Recognises data and roles again.
    pub(super) fn fingerprint(&self) -> String {
        format!("{}\n{}\n", self.data.fingerprint(), self.population.fingerprint())
    }
}
