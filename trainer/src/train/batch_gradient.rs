//! The gradient of a batch of tasks.

use fewclicks_model::model::Model;

/// The summed derivatives of a batch's query losses.
pub struct BatchGradient {
    /// By all parameters.
    pub parameters: Vec<f32>,
    /// By the local rates, one per moved parameter.
    pub rates: Vec<f32>,
    /// The summed query losses.
    pub loss: f64,
}

impl BatchGradient {
    /// Of no task.
    pub fn zero(model: &Model) -> Self {
        Self { parameters: vec![0.0; model.theta.len()], rates: vec![0.0; model.rates.len()], loss: 0.0 }
    }
}
