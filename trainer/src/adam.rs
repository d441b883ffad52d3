//! Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019).

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// Numbers that are in the processor's registers at a time, and there take one step after the other.
const LANES: usize = 16;

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

/// Numbers on their way, all of equal length.
pub struct Numbers<'a> {
    pub values: &'a mut [f32],
    /// Their moments.
    pub first: &'a mut [f32],
    pub second: &'a mut [f32],
    /// What they all move along.
    pub gradient: &'a [f32],
}

impl Numbers<'_> {
    /// Takes `steps`, one after the other, along `share` times the gradient.
    pub fn take(self, steps: &[AdamStep], share: f32, decay: f32) {
        let (values, values_rest) = self.values.as_chunks_mut();
        let (first, first_rest) = self.first.as_chunks_mut();
        let (second, second_rest) = self.second.as_chunks_mut();
        let (gradient, gradient_rest) = self.gradient.as_chunks();
        for (((x, m), v), g) in values.iter_mut().zip(first).zip(second).zip(gradient) {
            take_in_registers(steps, [x, m, v], g, share, decay);
        }
        if !values_rest.is_empty() {
            let [mut x, mut m, mut v, g] = [&*values_rest, first_rest, second_rest, gradient_rest].map(lanes);
            take_in_registers(steps, [&mut x, &mut m, &mut v], &g, share, decay);
            for (rest, lanes) in [(values_rest, x), (first_rest, m), (second_rest, v)] {
                rest.copy_from_slice(&lanes[..rest.len()]);
            }
        }
    }
}

fn take_in_registers(
    steps: &[AdamStep],
    [values, first, second]: [&mut [f32; LANES]; 3],
    gradient: &[f32; LANES],
    share: f32,
    decay: f32,
) {
    let (mut x, mut m, mut v) = (*values, *first, *second);
    let g = gradient.map(|g| g * share);
    steps.iter().for_each(|step| step.update(&mut x, &mut m, &mut v, &g, decay));
    (*values, *first, *second) = (x, m, v);
}

/// A copy; behind it zeros, which stay zeros.
fn lanes(numbers: &[f32]) -> [f32; LANES] {
    let mut lanes = [0.0; LANES];
    lanes[..numbers.len()].copy_from_slice(numbers);
    lanes
}

impl AdamStep {
    #[inline]
    fn update(
        &self,
        values: &mut [f32; LANES],
        first: &mut [f32; LANES],
        second: &mut [f32; LANES],
        gradient: &[f32; LANES],
        decay: f32,
    ) {
        let keep = 1.0 - self.learning_rate * decay;
        for lane in 0..LANES {
            let g = gradient[lane];
            first[lane] = BETA_1 * first[lane] + (1.0 - BETA_1) * g;
            second[lane] = BETA_2 * second[lane] + (1.0 - BETA_2) * g * g;
            let width = (second[lane] / self.second_correction).sqrt() + EPSILON;
            values[lane] = values[lane] * keep - self.rate * first[lane] / width;
        }
    }
}
