//! The one factorisation that the model needs.

use crate::scalar::Real;
use ndarray::{Array1, Array2, s};

/// A symmetric positive definite matrix as L·Lᵀ, L lower triangular.
pub struct Cholesky<T> {
    lower: Array2<T>,
}

impl<T: Real> Cholesky<T> {
    /// Factors `matrix`, of which only the lower triangle is read. A pivot that rounding makes too small is raised to
    /// the smallest sensible one: the result stays finite.
    pub fn new(mut matrix: Array2<T>) -> Self {
        for j in 0..matrix.nrows() {
            let mut rest = matrix.slice_mut(s![j.., ..]);
            let row: Array1<T> = rest.slice(s![0, ..j]).to_owned();
            let square: T = row.dot(&row);
            let pivot = (rest[[0, j]] - square).max(T::epsilon()).sqrt();
            rest[[0, j]] = pivot;
            for i in 1..rest.nrows() {
                let below = rest.slice(s![i, ..j]).dot(&row);
                rest[[i, j]] = (rest[[i, j]] - below) / pivot;
            }
        }
        Self { lower: matrix }
    }

    /// The solution of L·Lᵀ·x = b.
    pub fn solve(&self, mut b: Array1<T>) -> Array1<T> {
        let lower = &self.lower;
        for i in 0..b.len() {
            let known = lower.slice(s![i, ..i]).dot(&b.slice(s![..i]));
            b[i] = (b[i] - known) / lower[[i, i]];
        }
        for i in (0..b.len()).rev() {
            let known = lower.slice(s![i + 1.., i]).dot(&b.slice(s![i + 1..]));
            b[i] = (b[i] - known) / lower[[i, i]];
        }
        b
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    #[test]
    fn the_solution_solves() {
        let matrix = arr2(&[[4.0, 2.0, -1.0], [2.0, 5.0, 0.5], [-1.0, 0.5, 3.0]]);
        let b = Array1::from(vec![1.0, -2.0, 0.5]);
        let x = Cholesky::new(matrix.clone()).solve(b.clone());
        let difference: Array1<f64> = matrix.dot(&x) - b;
        assert!(difference.iter().all(|d| d.abs() < 1e-12), "{difference}");
    }
}
