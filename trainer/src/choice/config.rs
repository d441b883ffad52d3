//! How the choice half is trained.

use anyhow::ensure;
use fewclicks_model::halves::MAX_NEIGHBOURS;
use serde::{Deserialize, Serialize};

/// How the choice half is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceConfig {
    /// The width of an item's vector.
    pub width: usize,
    /// The number of passes over the users of a site whose items have many answers; others take fewer.
    pub epochs: usize,
    /// The number of users in a step.
    pub batch: usize,
    /// The step size of Adam.
    pub learning_rate: f32,
    /// The decoupled decay of tables per step, times the learning rate.
    pub decay: f32,
    /// The share of the target that is the teacher's.
    pub teacher: f32,
    /// The share of the tasks with answers of level 0.
    pub unknown: f64,
    /// The share of the tasks in which all user fields are hidden.
    pub anonymous: f64,
    /// The number of answers with which an item's own row is hidden in a quarter of the steps: less often with more.
    pub hide: f32,
    /// The number of neighbours of an item; 0 for none.
    pub neighbours: usize,
}

impl ChoiceConfig {
    /// Check that the numbers make a training.
    ///
    /// # Errors
    /// Return an error that names the key, its value and what was expected.
    pub fn check(&self) -> anyhow::Result<()> {
        let counts = [
            ("width", self.width, 1..=1024),
            ("epochs", self.epochs, 1..=10_000),
            ("batch", self.batch, 1..=100_000),
            ("neighbours", self.neighbours, 0..=MAX_NEIGHBOURS),
        ];
        for (key, x, range) in counts {
            ensure!(range.contains(&x), "choice.{key} = {x}: expected {} to {}", range.start(), range.end());
        }
        let shares = [("teacher", f64::from(self.teacher)), ("unknown", self.unknown), ("anonymous", self.anonymous)];
        for (key, share) in shares {
            ensure!((0.0..=1.0).contains(&share), "choice.{key} = {share}: expected a share from 0 to 1");
        }
        for (key, x) in [("learning_rate", self.learning_rate), ("decay", self.decay), ("hide", self.hide)] {
            ensure!(x >= 0.0 && x.is_finite(), "choice.{key} = {x}: expected a number, 0 or more");
        }
        let decay = self.decay * self.learning_rate;
        ensure!(decay < 1.0, "choice.decay × choice.learning_rate = {decay}: expected less than 1");
        Ok(())
    }
}
