//! The inner loops of the fewclicks model: matrix products, and loops over slices of `f32`.
//!
//! They are a crate of their own so that what a visitor downloads can be built for size, and these for speed
//! (`[profile.wasm]` in the workspace's `Cargo.toml`).
#![deny(missing_docs)]

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
/// Where the shapes do not fit.
pub fn add_product(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, sum: ArrayViewMut2<'_, f32>) {
    #[cfg(target_arch = "wasm32")]
    simd::add_product(a, b, sum);
    #[cfg(not(target_arch = "wasm32"))]
    add_any_product(a, b, sum);
}

/// As [`add_product`], of any numbers.
///
/// # Panics
/// Where the shapes do not fit.
pub fn add_any_product<T: LinalgScalar>(a: ArrayView2<'_, T>, b: ArrayView2<'_, T>, mut sum: ArrayViewMut2<'_, T>) {
    general_mat_mul(T::one(), &a, &b, T::one(), &mut sum);
}

/// z ← max(z, 0).
pub fn relu(z: &mut [f32]) {
    z.iter_mut().for_each(|z| *z = if *z > 0.0 { *z } else { 0.0 });
}

/// θ ← θ − α ⊙ g, as far as all three go.
pub fn descend(theta: &mut [f32], rates: &[f32], gradient: &[f32]) {
    for ((theta, rate), slope) in theta.iter_mut().zip(rates).zip(gradient) {
        *theta -= rate * slope;
    }
}

/// row ← signed bytes × `scale`, as far as both go.
pub fn decode(row: &mut [f32], bytes: &[u8], scale: f32) {
    row.iter_mut().zip(bytes).for_each(|(x, &byte)| *x = f32::from(byte as i8) * scale);
}
