//! Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019).

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// Running moments of as many numbers as are learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam {
    pub first: Vec<f32>,
    pub second: Vec<f32>,
    pub steps: u64,
}

impl Adam {
    pub fn new(len: usize) -> Self {
        Self { first: vec![0.0; len], second: vec![0.0; len], steps: 0 }
    }

    /// The next step, which every number takes once.
    pub fn step(&mut self, learning_rate: f32) -> AdamStep {
        self.steps += 1;
        let correction = |beta: f32| (1.0 - f64::from(beta).powf(self.steps as f64)) as f32;
        AdamStep { rate: learning_rate / correction(BETA_1), second_correction: correction(BETA_2), learning_rate }
    }
}

/// How far a step goes.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    learning_rate: f32,
    rate: f32,
    second_correction: f32,
}

impl AdamStep {
    /// Moves `values` along `share` times their `gradient`; their moments are `first` and `second`.
    pub fn update(
        &self,
        values: &mut [f32],
        [first, second]: [&mut [f32]; 2],
        gradient: &[f32],
        share: f32,
        decay: f32,
    ) {
        let keep = 1.0 - self.learning_rate * decay;
        for ((value, g), (first, second)) in values.iter_mut().zip(gradient).zip(first.iter_mut().zip(second)) {
            let g = g * share;
            *first = BETA_1 * *first + (1.0 - BETA_1) * g;
            *second = BETA_2 * *second + (1.0 - BETA_2) * g * g;
            *value = *value * keep - self.rate * *first / ((*second / self.second_correction).sqrt() + EPSILON);
        }
    }
}
