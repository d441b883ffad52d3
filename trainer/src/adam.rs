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

    /// Starts a step; [`AdamStep::update`] then takes the numbers stretch by stretch.
    pub fn step(&mut self, learning_rate: f32) -> AdamStep<'_> {
        self.steps += 1;
        let correction = |beta: f32| (1.0 - f64::from(beta).powf(self.steps as f64)) as f32;
        AdamStep {
            rate: learning_rate / correction(BETA_1),
            second_correction: correction(BETA_2),
            learning_rate,
            adam: self,
            next: 0,
        }
    }
}

/// One step under way.
pub struct AdamStep<'a> {
    adam: &'a mut Adam,
    learning_rate: f32,
    rate: f32,
    second_correction: f32,
    next: usize,
}

impl AdamStep<'_> {
    /// Updates the next `values.len()` numbers.
    pub fn update(&mut self, values: &mut [f32], gradient: &[f32], decay: f32) {
        let range = self.next..self.next + values.len();
        self.next = range.end;
        let keep = 1.0 - self.learning_rate * decay;
        let moments = self.adam.first[range.clone()].iter_mut().zip(&mut self.adam.second[range]);
        for ((value, &g), (first, second)) in values.iter_mut().zip(gradient).zip(moments) {
            *first = BETA_1 * *first + (1.0 - BETA_1) * g;
            *second = BETA_2 * *second + (1.0 - BETA_2) * g * g;
            *value = *value * keep - self.rate * *first / ((*second / self.second_correction).sqrt() + EPSILON);
        }
    }
}
