//! Views of slices as matrices, and loops over vectors.
//!
//! The model computes with matrix products ([`Scalar::add_product`]) and with loops over the numbers of matrices, which
//! are row-major.

use super::scalar::Scalar;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2};

/// The message of a panic where numbers do not fill a matrix.
const WRONG_SHAPE: &str = "a matrix needs rows × columns numbers";

/// The message of a panic where a matrix is not row-major.
const NOT_ROW_MAJOR: &str = "products and new matrices are row-major";

/// Return `numbers`, row-major, as a matrix.
///
/// # Panics
/// Where `numbers.len()` is not `rows × columns`.
pub(crate) fn matrix<S>(rows: usize, columns: usize, numbers: &[S]) -> ArrayView2<'_, S> {
    ArrayView1::from(numbers).into_shape_with_order((rows, columns)).expect(WRONG_SHAPE)
}

/// As [`matrix`], mutable.
pub(crate) fn matrix_mut<S>(rows: usize, columns: usize, numbers: &mut [S]) -> ArrayViewMut2<'_, S> {
    ArrayViewMut1::from(numbers).into_shape_with_order((rows, columns)).expect(WRONG_SHAPE)
}

/// As [`matrix`], owned.
pub(crate) fn owned<S>(rows: usize, columns: usize, numbers: Vec<S>) -> Array2<S> {
    Array1::from_vec(numbers).into_shape_with_order((rows, columns)).expect(WRONG_SHAPE)
}

/// Return a matrix of zeros.
pub(crate) fn zeros<S: Scalar>(rows: usize, columns: usize) -> Array2<S> {
    owned(rows, columns, vec![S::zero(); rows * columns])
}

/// Return a vector as a matrix of one column.
pub(crate) fn column<S>(vector: &[S]) -> ArrayView2<'_, S> {
    matrix(vector.len(), 1, vector)
}

/// As [`column`], mutable.
pub(crate) fn column_mut<S>(vector: &mut [S]) -> ArrayViewMut2<'_, S> {
    matrix_mut(vector.len(), 1, vector)
}

/// Return all numbers of a row-major matrix.
///
/// # Panics
/// Where the matrix is not row-major.
pub(crate) fn as_slice<S>(a: &Array2<S>) -> &[S] {
    a.as_slice().expect(NOT_ROW_MAJOR)
}

/// As [`as_slice`], mutable.
pub(crate) fn as_mut_slice<S>(a: &mut Array2<S>) -> &mut [S] {
    a.as_slice_mut().expect(NOT_ROW_MAJOR)
}

/// Return row `i` of a row-major matrix.
pub(crate) fn row<S>(a: &Array2<S>, i: usize) -> &[S] {
    &as_slice(a)[i * a.ncols()..][..a.ncols()]
}

/// Add b to a, up to the shorter length.
pub(crate) fn add<S: Scalar>(a: &mut [S], b: &[S]) {
    a.iter_mut().zip(b).for_each(|(a, &b)| *a += b);
}

/// Add `factor`·b to a, up to the shorter length.
pub(crate) fn add_scaled<S: Scalar>(a: &mut [S], factor: S, b: &[S]) {
    a.iter_mut().zip(b).for_each(|(a, &b)| *a += factor * b);
}

/// Return a·b, up to the shorter length.
pub(crate) fn dot<S: Scalar>(a: &[S], b: &[S]) -> S {
    // Eight independent sums use the SIMD units, and round less than one.
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
