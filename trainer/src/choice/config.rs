//! How the choice half is trained.

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

impl Default for ChoiceConfig {
    fn default() -> Self {
        Self {
            width: 96,
            epochs: 40,
            batch: 128,
            learning_rate: 0.002,
            decay: 1.0,
            teacher: 0.5,
            unknown: 0.25,
            anonymous: 0.5,
            hide: 2.0,
            neighbours: 50,
        }
    }
}
