//! The Cholesky factorisation of symmetric positive definite matrices.

use super::matrix::{as_mut_slice, dot, row};
use super::scalar::Real;
use ndarray::Array2;

/// The factorisation L·Lᵀ of a symmetric positive definite matrix, L lower triangular.
///
/// ```
/// use fewclicks_model::math::cholesky::Cholesky;
/// let factor = Cholesky::new(ndarray::arr2(&[[4.0, 2.0], [2.0, 5.0]]));
/// assert_eq!(factor.solve(vec![8.0, 12.0]), [1.0, 2.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Cholesky<T> {
    /// L in the lower triangle; the rest is not used.
    lower: Array2<T>,
}

impl<T: Real> Cholesky<T> {
    /// Factor the square matrix `matrix`, of which only the lower triangle is used. Pivots are at least the machine
    /// epsilon, so that the result is finite in spite of rounding.
    ///
    /// # Panics
    /// Where `matrix` is not row-major, or has fewer columns than rows.
    pub fn new(mut matrix: Array2<T>) -> Self {
        let size = matrix.nrows();
        for j in 0..size {
            let (row_j, below) = as_mut_slice(&mut matrix)[j * size..].split_at_mut(size);
            let (left, pivot) = row_j.split_at_mut(j);
            pivot[0] = (pivot[0] - dot(left, left)).max(T::epsilon()).sqrt();
            for row in below.chunks_exact_mut(size) {
                row[j] = (row[j] - dot(&row[..j], left)) / pivot[0];
            }
        }
        Self { lower: matrix }
    }

    /// Return whether the factored matrix is positive definite: whether no pivot had to be raised.
    pub fn is_positive_definite(&self) -> bool {
        (0..self.lower.nrows()).all(|i| self.lower[[i, i]] > T::epsilon().sqrt())
    }

    /// Return the solution x of L·Lᵀ·x = b.
    ///
    /// # Panics
    /// Where `b` is longer than the matrix.
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
    fn the_solution_satisfies_the_equation() {
        let matrix = arr2(&[[4.0, 2.0, -1.0], [2.0, 5.0, 0.5], [-1.0, 0.5, 3.0]]);
        let b = vec![1.0, -2.0, 0.5];
        let x = Cholesky::new(matrix.clone()).solve(b.clone());
        let difference: Array1<f64> = matrix.dot(&Array1::from(x)) - Array1::from(b);
        assert!(difference.iter().all(|d| d.abs() < 1e-12), "{difference}");
    }
}
