//! Matrices over slices, and the one factorisation that the model needs. A model computes with products of matrices
//! ([`crate::math::scalar::Scalar::matmul`]) and with loops over their numbers, which lie row by row.

use crate::math::scalar::Scalar;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

/// `as_slice`, row by row, as a matrix.
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
pub fn as_slice<S>(a: &Array2<S>) -> &[S] {
    a.as_slice().expect("products and fresh matrices lie row by row")
}

/// As [`as_slice`].
pub fn as_mut_slice<S>(a: &mut Array2<S>) -> &mut [S] {
    a.as_slice_mut().expect("products and fresh matrices lie row by row")
}

/// Row `i`.
pub fn row<S>(a: &Array2<S>, i: usize) -> &[S] {
    &as_slice(a)[i * a.ncols()..][..a.ncols()]
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
