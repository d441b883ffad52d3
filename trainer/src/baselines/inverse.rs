//! Inverse of a large symmetric positive definite matrix.

use fewclicks_model::math::cholesky::Cholesky;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, s};
use rayon::prelude::*;

/// Columns eliminated at once: enough that nearly all work is in matrix products.
const BLOCK: usize = 64;

/// Rows that a thread updates at a time.
const ROWS: usize = 256;

/// Replace a symmetric positive definite matrix by its inverse, by Gauss–Jordan elimination in blocks without pivoting.
/// Takes 2n³ operations, in products that use all cores.
pub(crate) fn invert(matrix: &mut Array2<f32>) {
    let n = matrix.nrows();
    for start in (0..n).step_by(BLOCK) {
        let block = start..n.min(start + BLOCK);
        let pivot = small_inverse(matrix.slice(s![block.clone(), block.clone()]).to_owned());
        let mut row = pivot.dot(&matrix.slice(s![block.clone(), ..]));
        row.slice_mut(s![.., block.clone()]).assign(&pivot);
        let column = matrix.slice(s![.., block.clone()]).to_owned();
        matrix.slice_mut(s![.., block.clone()]).fill(0.0);
        let rows: Vec<_> = matrix.axis_chunks_iter_mut(Axis(0), ROWS).collect();
        let columns: Vec<_> = column.axis_chunks_iter(Axis(0), ROWS).collect();
        rows.into_par_iter()
            .zip(columns)
            .for_each(|(mut rows, column)| general_mat_mul(-1.0, &column, &row, 1.0, &mut rows));
        matrix.slice_mut(s![block, ..]).assign(&row);
    }
}

fn small_inverse(matrix: Array2<f32>) -> Array2<f32> {
    let mut inverse = Array2::eye(matrix.nrows());
    let cholesky = Cholesky::new(matrix);
    for mut column in inverse.columns_mut() {
        let solution = Array1::from(cholesky.solve(column.to_vec()));
        column.assign(&solution);
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix has more than two blocks, the last of which is shorter.
    #[test]
    fn the_inverse_inverts() {
        let n = 2 * BLOCK + 7;
        let factor = Array2::from_shape_fn((n, n), |(i, j)| ((i * 31 + j * 17) as f32 * 0.618_034).fract() - 0.5);
        let matrix = factor.dot(&factor.t()) + Array2::<f32>::from_diag_elem(n, 10.0);
        let mut inverse = matrix.clone();
        invert(&mut inverse);
        let difference = matrix.dot(&inverse) - Array2::<f32>::eye(n);
        assert!(difference.iter().all(|d| d.abs() < 1e-4), "{difference}");
    }
}
