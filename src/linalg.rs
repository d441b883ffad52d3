//! Matrices over slices, and the one factorisation that the model needs. A model computes with products of matrices
//! ([`crate::scalar::Scalar::matmul`]) and with loops over their numbers, which lie row by row.

use crate::scalar::{Real, Scalar};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

/// `numbers`, row by row, as a matrix.
pub fn matrix<S>(rows: usize, columns: usize, numbers: &[S]) -> ArrayView2<'_, S> {
    assert!(rows.checked_mul(columns) == Some(numbers.len()), "a matrix takes as many numbers as its shape");
    // SAFETY: they lie there, and stay for as long as the view. The library's own checks go on to shapes of all kinds.
    unsafe { ArrayView2::from_shape_ptr((rows, columns), numbers.as_ptr()) }
}

/// As [`matrix`], to write to.
pub fn matrix_mut<S>(rows: usize, columns: usize, numbers: &mut [S]) -> ArrayViewMut2<'_, S> {
    assert!(rows.checked_mul(columns) == Some(numbers.len()), "a matrix takes as many numbers as its shape");
    // SAFETY: as above.
    unsafe { ArrayViewMut2::from_shape_ptr((rows, columns), numbers.as_mut_ptr()) }
}

/// As [`matrix`], of numbers of its own.
pub fn owned<S>(rows: usize, columns: usize, numbers: Vec<S>) -> Array2<S> {
    assert!(rows.checked_mul(columns) == Some(numbers.len()), "a matrix takes as many numbers as its shape");
    // SAFETY: as above.
    unsafe { Array2::from_shape_vec_unchecked((rows, columns), numbers) }
}

/// A matrix of zeros.
pub fn zeros<S: Scalar>(rows: usize, columns: usize) -> Array2<S> {
    owned(rows, columns, vec![S::zero(); rows * columns])
}

/// A vector as a matrix of one column.
pub fn column<S>(vector: &[S]) -> ArrayView2<'_, S> {
    matrix(vector.len(), 1, vector)
}

/// As [`column`], to write to.
pub fn column_mut<S>(vector: &mut [S]) -> ArrayViewMut2<'_, S> {
    matrix_mut(vector.len(), 1, vector)
}

/// All numbers, row by row.
pub fn numbers<S>(a: &Array2<S>) -> &[S] {
    a.as_slice().expect("products and fresh matrices lie row by row")
}

/// As [`numbers`].
pub fn numbers_mut<S>(a: &mut Array2<S>) -> &mut [S] {
    a.as_slice_mut().expect("products and fresh matrices lie row by row")
}

/// Row `i`.
pub fn row<S>(a: &Array2<S>, i: usize) -> &[S] {
    &numbers(a)[i * a.ncols()..][..a.ncols()]
}

/// a ← a + b, as far as both go.
pub fn add<S: Scalar>(a: &mut [S], b: &[S]) {
    a.iter_mut().zip(b).for_each(|(a, &b)| *a += b);
}

/// a·b.
pub fn dot<S: Scalar>(a: &[S], b: &[S]) -> S {
    // Eight sums side by side keep a processor busy, and lose less to rounding.
    let mut sums = [S::zero(); 8];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    let (low, high) = sums.split_at(4);
    let mut sum = S::zero();
    low.iter().zip(high).for_each(|(&low, &high)| sum += low + high);
    a_rest.iter().zip(b_rest).for_each(|(&a, &b)| sum += a * b);
    sum
}

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
            let (above, below) = numbers_mut(&mut matrix)[j * size..].split_at_mut(size);
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
