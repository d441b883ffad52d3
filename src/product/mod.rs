//! The product of two matrices, of which most of what the model computes consists.
//!
//! Natively it is the library's, with kernels for every processor. A visitor downloads what it needs, so that
//! WebAssembly has a [`kernel`] of its own, for the one kind of number that the browser computes with.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, LinalgScalar};

#[cfg(target_arch = "wasm32")]
mod kernel;

/// `a · b`, row by row, of numbers of single precision.
#[cfg(target_arch = "wasm32")]
pub use kernel::{product as single, scaled};
#[cfg(not(target_arch = "wasm32"))]
pub use library as single;

/// `row` ← bytes between −127 and 127 · scale.
#[cfg(not(target_arch = "wasm32"))]
pub fn scaled(bytes: &[u8], scale: f32, row: &mut [f32]) {
    row.iter_mut().zip(bytes).for_each(|(x, &byte)| *x = f32::from(byte as i8) * scale);
}

/// `a · b`, row by row, of any floats.
pub fn library<T: LinalgScalar>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    general_mat_mul(T::one(), &a, &b, T::zero(), &mut product);
    product
}
