//! The Cholesky factorisation.

use super::matrix::{as_mut_slice, dot, row};
use super::scalar::Real;
use ndarray::Array2;

/// A symmetric positive definite matrix as L·Lᵀ, L lower triangular.
pub struct Cholesky<T> {
    lower: Array2<T>,
}

impl<T: Real> Cholesky<T> {
    /// Factors `matrix`, of which only the lower triangle is read. A pivot that rounding makes too small is raised to
    /// the smallest sensible one: the result stays finite.
    pub fn new(mut matrix: Array2<T>) -> Self {
        let size = matrix.nrows();
        for j in 0..size {
            let (above, below) = as_mut_slice(&mut matrix)[j * size..].split_at_mut(size);
            let (known, pivot) = above.split_at_mut(j);
            pivot[0] = (pivot[0] - dot(known, known)).max(T::epsilon()).sqrt();
            for row in below.chunks_exact_mut(size) {
                row[j] = (row[j] - dot(&row[..j], known)) / pivot[0];
            }
        }
        Self { lower: matrix }
    }

    /// The solution of L·Lᵀ·x = b.
    pub fn solve(&self, mut b: Vec<T>) -> Vec<T> {
        for i in 0..b.len() {
            let row = row(&self.lower, i);
            b[i] = (b[i] - dot(&row[..i], &b[..i])) / row[i];
        }
        for i in (0..b.len()).rev() {
            let row = row(&self.lower, i);
            let x = b[i] / row[i];
            b[i] = x;
            b.iter_mut().zip(&row[..i]).for_each(|(b, &l)| *b -= l * x);
        }
        b
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, arr2};

    #[test]
    fn the_solution_solves() {
        let matrix = arr2(&[[4.0, 2.0, -1.0], [2.0, 5.0, 0.5], [-1.0, 0.5, 3.0]]);
        let b = vec![1.0, -2.0, 0.5];
        let x = Cholesky::new(matrix.clone()).solve(b.clone());
        let difference: Array1<f64> = matrix.dot(&Array1::from(x)) - Array1::from(b);
        assert!(difference.iter().all(|d| d.abs() < 1e-12), "{difference}");
    }
}
