//! The product of two matrices, of which most of what the model computes consists.
//!
//! Natively it is the library's, with kernels for every processor. A visitor downloads what it needs, so that
//! WebAssembly has a [`kernel`] of its own, for the one kind of number that the browser computes with.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, LinalgScalar};

#[cfg(target_arch = "wasm32")]
mod kernel;
#[cfg(target_arch = "wasm32")]
pub mod lanes;

/// Adds `a · b`, of numbers of single precision, to `sum`; however they lie.
#[cfg(target_arch = "wasm32")]
pub use kernel::add_product as single;
#[cfg(not(target_arch = "wasm32"))]
pub use library as single;

/// Adds `a · b`, of any floats, to `sum`.
pub fn library<T: LinalgScalar>(a: ArrayView2<T>, b: ArrayView2<T>, mut sum: ArrayViewMut2<T>) {
    general_mat_mul(T::one(), &a, &b, T::one(), &mut sum);
}
