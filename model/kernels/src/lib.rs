//! The inner loops of the fewclicks model: matrix products, and loops over slices of `f32`.
//!
//! They are a separate crate so that a WebAssembly build can optimise them for speed and everything else for size
//! (`[profile.wasm]` in the workspace's `Cargo.toml`).
//!
//! ```
//! use fewclicks_kernels::{add_product, dequantise, descend, relu};
//! use ndarray::array;
//!
//! let mut sum = array![[1.0f32], [0.0]];
//! add_product(array![[1.0, 2.0], [0.0, 3.0]].view(), array![[1.0], [1.0]].view(), sum.view_mut());
//! assert_eq!(sum, array![[4.0], [3.0]]);
//!
//! let mut theta = [1.0, 2.0];
//! descend(&mut theta, &[0.5, 0.5], &[4.0, 2.0]);
//! assert_eq!(theta, [-1.0, 1.0]);
//!
//! relu(&mut theta);
//! assert_eq!(theta, [0.0, 1.0]);
//!
//! dequantise(&mut theta, &[127, 0xff], 0.5);
//! assert_eq!(theta, [63.5, -0.5]);
//! ```
#![deny(missing_docs, unreachable_pub)]

#[cfg(target_arch = "wasm32")]
mod simd;

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2, LinalgScalar};

/// Add `a · b` to `sum`; shapes (n × k), (k × m) and (n × m), in any memory layout.
///
/// Natively this is `ndarray`'s product. In WebAssembly it is a tiled SIMD loop, about twice as fast as `ndarray`'s there
/// (`cargo xtask bench-browser`).
///
/// # Panics
/// Where the shapes do not match.
pub fn add_product(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, sum: ArrayViewMut2<'_, f32>) {
    #[cfg(target_arch = "wasm32")]
    simd::add_product(a, b, sum);
    #[cfg(not(target_arch = "wasm32"))]
    add_any_product(a, b, sum);
}

/// As [`add_product`], for any numbers, by `ndarray`'s product.
///
/// # Panics
/// Where the shapes do not match.
pub fn add_any_product<T: LinalgScalar>(a: ArrayView2<'_, T>, b: ArrayView2<'_, T>, mut sum: ArrayViewMut2<'_, T>) {
    general_mat_mul(T::one(), &a, &b, T::one(), &mut sum);
}

/// Apply the ReLU z ← max(z, 0). NaN becomes 0.
pub fn relu(z: &mut [f32]) {
    z.iter_mut().for_each(|z| *z = if *z > 0.0 { *z } else { 0.0 });
}

/// Do the gradient step θ ← θ − α ⊙ g, up to the shortest length.
pub fn descend(theta: &mut [f32], rates: &[f32], gradient: &[f32]) {
    for ((theta, rate), slope) in theta.iter_mut().zip(rates).zip(gradient) {
        *theta -= rate * slope;
    }
}

/// Set `row` to `bytes`, as signed bytes, times `scale`, up to the shorter length.
pub fn dequantise(row: &mut [f32], bytes: &[u8], scale: f32) {
    row.iter_mut().zip(bytes).for_each(|(x, &byte)| *x = f32::from(byte as i8) * scale);
}
