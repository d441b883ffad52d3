//! How the choice half is trained.

use anyhow::ensure;
use fewclicks_model::halves::MAX_NEIGHBOURS;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How the choice half is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceConfig {
    /// The width of an item's vector.
    pub width: usize,
    /// The number of tables beside the vectors themselves that answers are read by.
    pub encoders: usize,
    /// Whether answers are read by the item vectors, too.
    pub own: bool,
    /// The maximum number of passes over the users.
    pub epochs: usize,
    /// The number of users in a step.
    pub batch: usize,
    /// The step size of Adam.
    pub learning_rate: f32,
    /// The decoupled decay of tables per step, times the learning rate.
    pub decay: f32,
    /// The share of the target that is the teacher's.
    pub teacher: f32,
    /// The weight of the squared error of expected stars beside the cross-entropy.
    pub stars: f32,
    /// The share of the tasks with answers of level 0.
    pub unknown: f64,
    /// The share of the tasks in which all user fields are hidden.
    pub anonymous: f64,
    /// The number of answers up to which an item's id is hidden in half of the steps or more.
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
        let count = |key: &str, x: usize, range: RangeInclusive<usize>| {
            ensure!(range.contains(&x), "choice.{key} = {x}: expected {} to {}", range.start(), range.end());
            Ok(())
        };
        count("width", self.width, 1..=1024)?;
        count("encoders", self.encoders, 0..=4)?;
        count("epochs", self.epochs, 1..=10_000)?;
        count("batch", self.batch, 1..=100_000)?;
        count("neighbours", self.neighbours, 0..=MAX_NEIGHBOURS)?;
        for (key, share) in
            [("teacher", f64::from(self.teacher)), ("unknown", self.unknown), ("anonymous", self.anonymous)]
        {
            ensure!((0.0..=1.0).contains(&share), "choice.{key} = {share}: expected a share from 0 to 1");
        }
        for (key, x) in
            [("learning_rate", self.learning_rate), ("decay", self.decay), ("stars", self.stars), ("hide", self.hide)]
        {
            ensure!(x >= 0.0 && x.is_finite(), "choice.{key} = {x}: expected a number, 0 or more");
        }
        let decay = self.decay * self.learning_rate;
        ensure!(decay < 1.0, "choice.decay × choice.learning_rate = {decay}: expected less than 1");
        Ok(())
    }
}
