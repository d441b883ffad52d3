//! Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019).

use serde::{Deserialize, Serialize};

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// Moments of the parameters and of the learned rates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adam {
    /// First moments.
    pub first: Vec<f32>,
    /// Second moments.
    pub second: Vec<f32>,
    /// Number of steps taken.
    pub steps: u64,
}

impl Adam {
    /// Create the state for `len` numbers.
    pub fn new(len: usize) -> Self {
        Self { first: vec![0.0; len], second: vec![0.0; len], steps: 0 }
    }

    /// Begin the next step, which every number takes once.
    pub fn step(&mut self, learning_rate: f32) -> AdamStep {
        self.steps += 1;
        let correction = |beta: f32| (1.0 - f64::from(beta).powf(self.steps as f64)) as f32;
        AdamStep { rate: learning_rate / correction(BETA_1), second_correction: correction(BETA_2), learning_rate }
    }
}

/// Parameters with their moments, all of the same length.
#[derive(Debug)]
pub struct Numbers<'a> {
    /// The numbers.
    pub values: &'a mut [f32],
    /// First moments.
    pub first: &'a mut [f32],
    /// Second moments.
    pub second: &'a mut [f32],
}

/// Step sizes of one step.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    learning_rate: f32,
    rate: f32,
    second_correction: f32,
}

impl AdamStep {
    /// Move `numbers` by Adam's step along `share` × `gradient`.
    pub fn take(&self, numbers: Numbers, gradient: &[f32], share: f32, decay: f32) {
        let keep = 1.0 - self.learning_rate * decay;
        let moments = numbers.first.iter_mut().zip(numbers.second);
        for ((x, (m, v)), g) in numbers.values.iter_mut().zip(moments).zip(gradient) {
            let g = g * share;
            *m = BETA_1 * *m + (1.0 - BETA_1) * g;
            *v = BETA_2 * *v + (1.0 - BETA_2) * g * g;
            let width = (*v / self.second_correction).sqrt() + EPSILON;
            *x = *x * keep - self.rate * *m / width;
        }
    }
}

/// Several steps with zero gradient, combined: x ← `kept`·x − `moved`·m/√v, and the moments m and v are multiplied by
/// `first` and `second`. The factors are the same for all numbers with the same decay.
#[derive(Clone, Copy, Debug)]
pub struct SkippedSteps {
    kept: f64,
    moved: f64,
    /// Factors of the moments.
    first: f64,
    second: f64,
}

impl SkippedSteps {
    /// No step.
    pub const NONE: Self = Self { kept: 1.0, moved: 0.0, first: 1.0, second: 1.0 };

    /// Append a step.
    pub fn then(self, step: &AdamStep, decay: f32) -> Self {
        let (first, second) = (self.first * f64::from(BETA_1), self.second * f64::from(BETA_2));
        // Denormal numbers would slow the processor down.
        let first = if first < 1e-30 { 0.0 } else { first };
        let keep = 1.0 - f64::from(step.learning_rate * decay);
        let way = f64::from(step.rate) * first / (second / f64::from(step.second_correction)).sqrt();
        Self { kept: self.kept * keep, moved: self.moved * keep + way, first, second }
    }

    /// Apply the steps. Unlike in single steps, ε is added to the initial √v and does not grow relative to it as v
    /// fades.
    pub fn take(&self, numbers: Numbers) {
        let [kept, moved, first, second] = [self.kept, self.moved, self.first, self.second].map(|x| x as f32);
        let moments = numbers.first.iter_mut().zip(numbers.second);
        for (x, (m, v)) in numbers.values.iter_mut().zip(moments) {
            *x = *x * kept - moved * *m / (v.sqrt() + EPSILON);
            *m *= first;
            *v *= second;
        }
    }
}
