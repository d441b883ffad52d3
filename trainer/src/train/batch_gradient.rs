//! The gradient of a batch of tasks.

use fewclicks_model::model::Model;

/// Derivatives of the summed query losses of a batch.
pub struct BatchGradient {
    /// Derivatives by all parameters.
    pub parameters: Vec<f32>,
    /// Derivatives by the local rates, one per moved parameter.
    pub rates: Vec<f32>,
    /// Sum of the query losses.
    pub loss: f64,
}

impl BatchGradient {
    /// Create the gradient of an empty batch.
    pub fn zero(model: &Model) -> Self {
        Self { parameters: vec![0.0; model.theta.len()], rates: vec![0.0; model.rates.len()], loss: 0.0 }
    }
}
