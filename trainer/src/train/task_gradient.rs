//! The gradient of one task, by the parameters that it uses.

use crate::train::descent::ParameterRange;
use serde::{Deserialize, Serialize};

/// What a task adds to the gradient of its batch.
#[derive(Serialize, Deserialize)]
pub struct TaskGradient {
    /// The parameters that the task uses.
    pub ranges: Vec<ParameterRange>,
    /// The derivatives by these, one after the other.
    pub parameters: Vec<f32>,
    /// The derivatives by the local rates of those that move.
    pub rates: Vec<f32>,
    /// The query loss.
    pub query_loss: f32,
}

impl TaskGradient {
    /// Add the derivatives by the local rates to `sum`, which has those of all parameters from `start` on.
    pub fn add_rates(&self, sum: &mut [f32], start: usize) {
        let mut rates = self.rates.iter();
        for &(from, len) in self.ranges.iter().filter(|range| range.0 >= start) {
            sum[from - start..][..len].iter_mut().zip(rates.by_ref()).for_each(|(sum, &d)| *sum += d);
        }
    }
}
