//! Alternating least squares: the half step that both factorisations share.

use crate::rng::{Purpose, stream};
use fewclicks_model::math::cholesky::Cholesky;
use ndarray::{Array1, Array2, ArrayView2, Axis};
use rand::RngExt;
use rayon::prelude::*;

/// Seed of the initial factors. It chooses among equally good factorisations, whose rankings of few items differ by
/// half a percent.
const SEED: u64 = 2;

/// Initial factors are uniform from −0.1 to 0.1.
const SPREAD: f32 = 0.1;

/// Draw initial factors, (rows × `width`).
pub(super) fn initial(rows: usize, width: usize) -> Array2<f32> {
    let mut rng = stream(SEED, Purpose::Parameters, 0, 0);
    Array2::from_shape_simple_fn((rows, width), || rng.random_range(-SPREAD..=SPREAD))
}

/// Solve for the factors of one side given those of the other, one row per list: see [`solve`].
pub(super) fn half_step(
    prior: ArrayView2<f32>,
    weight: f32,
    factors: ArrayView2<f32>,
    lists: &[Vec<(u32, f32)>],
) -> Array2<f32> {
    let mut solved = Array2::zeros((lists.len(), factors.ncols()));
    let rows: Vec<_> = solved.rows_mut().into_iter().collect();
    rows.into_par_iter().zip(lists).for_each(|(mut row, list)| row.assign(&solve(prior, weight, factors, list)));
    solved
}

/// Solve (`prior` + `weight`·FᵀF)·x = Fᵀt for x, where F are the rows of `factors` that `list` names, and t are their
/// targets. The solution is zero for an empty list.
pub(super) fn solve(prior: ArrayView2<f32>, weight: f32, factors: ArrayView2<f32>, list: &[(u32, f32)]) -> Array1<f32> {
    let (rows, targets): (Vec<usize>, Vec<f32>) = list.iter().map(|&(row, target)| (row as usize, target)).unzip();
    let rows = factors.select(Axis(0), &rows);
    let mut matrix = rows.t().dot(&rows);
    matrix.zip_mut_with(&prior, |square, prior| *square = weight * *square + prior);
    Cholesky::new(matrix).solve(rows.t().dot(&Array1::from(targets)).to_vec()).into()
}

/// Transpose lists: from (row, value) per user to (user, value) per row.
pub(super) fn transpose(lists: &[Vec<(u32, f32)>], rows: usize) -> Vec<Vec<(u32, f32)>> {
    let mut transposed = vec![Vec::new(); rows];
    for (index, list) in (0..).zip(lists) {
        for &(row, target) in list {
            transposed[row as usize].push((index, target));
        }
    }
    transposed
}
