//! The numbers the model computes with: plain floats, and dual numbers that carry a directional derivative along.
//!
//! The forward and the reverse pass are written once, for any [`Scalar`]. Run on [`Dual`] numbers they yield a
//! Hessian-vector product beside the gradient, which is all that an exact second-order meta-gradient needs.

use crate::math::matrix::zeros;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, LinalgScalar};
use num_traits::Float;
use std::fmt::Debug;
use std::ops::{AddAssign, Neg, SubAssign};

/// A number the model can be evaluated and differentiated on.
pub trait Scalar: LinalgScalar + Neg<Output = Self> + AddAssign + SubAssign + Debug + Send + Sync {
    /// The nearest number to `x`, constant in every direction.
    fn constant(x: f64) -> Self;

    /// Whether the number itself (not its derivative) is above zero: the gate of a ReLU.
    fn is_positive(self) -> bool;

    /// σ(x) = 1 / (1 + e⁻ˣ), without overflow for any finite x.
    fn sigmoid(self) -> Self;

    /// ln(1 + eˣ), without overflow for any finite x.
    fn softplus(self) -> Self;

    /// What is asked of a gradient by such numbers: of plain ones all of it; of dual numbers the tangents alone, as the
    /// gradient itself is known.
    type Slope: Scalar;

    /// As that.
    fn slope(self) -> Self::Slope;

    /// As [`Scalar::add_product`], of what is asked of a gradient.
    fn add_slopes(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self::Slope>);

    /// Adds the matrix product `a · b` to `sum`; shapes (n × k), (k × m) and (n × m), however they lie.
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self>);

    /// The matrix product `a · b`; shapes (n × k) and (k × m). It lies row by row.
    fn matmul(a: ArrayView2<Self>, b: ArrayView2<Self>) -> Array2<Self> {
        let mut product = zeros(a.nrows(), b.ncols());
        Self::add_product(a, b, product.view_mut());
        product
    }

    /// z ← max(z, 0).
    fn relu(z: &mut [Self]) {
        z.iter_mut().for_each(|z| *z = if z.is_positive() { *z } else { Self::zero() });
    }

    /// θ ← θ − α ⊙ g.
    fn descend(theta: &mut [Self], rates: &[Self], gradient: &[Self]) {
        for ((theta, &rate), &slope) in theta.iter_mut().zip(rates).zip(gradient) {
            *theta -= rate * slope;
        }
    }

    /// row ← bytes between −127 and 127, times `scale`.
    fn scaled(row: &mut [Self], bytes: &[u8], scale: Self) {
        row.iter_mut().zip(bytes).for_each(|(x, &byte)| *x = Self::constant(f64::from(byte as i8)) * scale);
    }
}

/// A plain floating-point number: `f32` in use, `f64` where derivatives are checked.
pub trait Real: Scalar<Slope = Self> + Float {}

macro_rules! real {
    ($float:ty, $add_product:path, { $($faster:item)* }) => {
        impl Scalar for $float {
            fn constant(x: f64) -> Self {
                x as $float
            }

            fn is_positive(self) -> bool {
                self > 0.0
            }

            fn sigmoid(self) -> Self {
                // e to a negative power only: large arguments underflow to 0 instead of overflowing.
                let decay = Float::exp(-self.abs());
                (if self >= 0.0 { 1.0 } else { decay }) / (1.0 + decay)
            }

            fn softplus(self) -> Self {
                self.max(0.0) + Float::ln_1p(Float::exp(-self.abs()))
            }

            type Slope = Self;

            fn slope(self) -> Self {
                self
            }

            fn add_slopes(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self>) {
                Self::add_product(a, b, sum);
            }

            fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self>) {
                $add_product(a, b, sum);
            }

            $($faster)*
        }

        impl Real for $float {}
    };
}

real!(f32, fewclicks_kernels::add_product, {
    fn relu(z: &mut [f32]) {
        fewclicks_kernels::relu(z);
    }

    fn descend(theta: &mut [f32], rates: &[f32], gradient: &[f32]) {
        fewclicks_kernels::descend(theta, rates, gradient);
    }

    fn scaled(row: &mut [f32], bytes: &[u8], scale: f32) {
        fewclicks_kernels::decode(row, bytes, scale);
    }
});
real!(f64, fewclicks_kernels::add_any_product, {});
