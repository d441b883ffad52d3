//! A Gaussian posterior of factors, observed one number at a time.

use crate::math::matrix::{add_scaled, dot};

/// A posterior N(mean, covariance).
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The mean, (factors).
    pub mean: Vec<f32>,
    /// The covariance, (factors × factors), row-major.
    pub covariance: Vec<f32>,
}

impl Posterior {
    /// Start from N(0, I).
    pub fn standard(size: usize) -> Self {
        let mut covariance = vec![0.0; size * size];
        covariance.iter_mut().step_by(size + 1).for_each(|x| *x = 1.0);
        Self { mean: vec![0.0; size], covariance }
    }

    /// Return the covariance times `a`.
    fn times(&self, a: &[f32]) -> Vec<f32> {
        self.covariance.chunks_exact(a.len()).map(|row| dot(row, a)).collect()
    }

    /// Observe a·f + ε = `value` with ε ~ N(0, `noise`): a rank-one update.
    pub fn observe(&mut self, a: &[f32], noise: f32, value: f32) {
        let product = self.times(a);
        let scale = 1.0 / (dot(a, &product) + noise);
        let surprise = value - dot(a, &self.mean);
        add_scaled(&mut self.mean, scale * surprise, &product);
        for (row, x) in self.covariance.chunks_exact_mut(a.len()).zip(&product) {
            add_scaled(row, -scale * x, &product);
        }
    }

    /// Return the expected squared move of the mean, were a·f + ε observed: Σ_k s_k (Ca)_k² / (aᵀCa + noise), with `strengths` s.
    pub fn expected_move(&self, a: &[f32], noise: f32, strengths: &[f32]) -> f32 {
        let product = self.times(a);
        let squares: f32 = product.iter().zip(strengths).map(|(x, strength)| x * x * strength).sum();
        squares / (dot(a, &product) + noise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::cholesky::Cholesky;
    use crate::math::matrix::owned;

    const SIZE: usize = 3;
    const OBSERVED: [([f32; SIZE], f32, f32); 3] =
        [([1.0, 0.5, -0.25], 0.5, 1.5), ([0.0, -1.0, 0.75], 2.0, -0.5), ([0.5, 0.25, 1.0], 0.25, 2.0)];

    fn observed() -> Posterior {
        let mut posterior = Posterior::standard(SIZE);
        OBSERVED.iter().for_each(|(a, noise, value)| posterior.observe(a, *noise, *value));
        posterior
    }

    /// Proves that rank-one updates end where one solve with the precision I + Σ aaᵀ/noise does.
    #[test]
    fn observations_one_by_one_are_one_direct_solve() {
        let mut precision = Posterior::standard(SIZE).covariance;
        let mut right = vec![0.0; SIZE];
        for (a, noise, value) in OBSERVED {
            for i in 0..SIZE {
                right[i] += a[i] * value / noise;
                (0..SIZE).for_each(|j| precision[i * SIZE + j] += a[i] * a[j] / noise);
            }
        }
        let factor = Cholesky::new(owned(SIZE, SIZE, precision));
        let posterior = observed();
        let close = |found: &[f32], expected: Vec<f32>| {
            assert!(found.iter().zip(&expected).all(|(x, y)| (x - y).abs() < 1e-5), "{found:?}, expected {expected:?}");
        };
        close(&posterior.mean, factor.solve(right));
        for i in 0..SIZE {
            let unit = (0..SIZE).map(|j| if i == j { 1.0 } else { 0.0 }).collect();
            close(&posterior.covariance[i * SIZE..][..SIZE], factor.solve(unit));
        }
    }

    /// Proves that the expected move is that of an observation as far from its expectation as it is expected to be.
    #[test]
    fn the_expected_move_is_that_of_an_answer_of_expected_size() {
        let before = observed();
        let (a, noise, strengths) = ([0.25, 1.0, -0.5], 0.75, [1.0, 2.0, 0.5]);
        let spread: f32 = dot(&a, &before.times(&a)) + noise;
        let mut after = before.clone();
        after.observe(&a, noise, dot(&a, &before.mean) + spread.sqrt());
        let moved = after.mean.iter().zip(&before.mean).zip(strengths).map(|((x, y), s)| s * (x - y).powi(2));
        let (moved, expected) = (moved.sum::<f32>(), before.expected_move(&a, noise, &strengths));
        assert!((moved - expected).abs() < 1e-5, "{moved}, expected {expected}");
    }
}
