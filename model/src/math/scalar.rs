//! The numbers that the model computes with: floats and dual numbers.
//!
//! The forward and the reverse pass are written once, for any [`Scalar`]. On [`crate::math::dual::Dual`] numbers they
//! compute Hessian-vector products, which an exact second-order meta-gradient needs.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, LinalgScalar};
use num_traits::Float;
use std::fmt::Debug;
use std::ops::{AddAssign, Neg, SubAssign};

/// A number that the model can be evaluated and differentiated with.
pub trait Scalar: LinalgScalar + Neg<Output = Self> + AddAssign + SubAssign + Debug + Send + Sync {
    /// Return the nearest number to `x`, with zero derivatives.
    fn constant(x: f64) -> Self;

    /// Return whether the number itself, not its derivative, is above zero.
    fn is_positive(self) -> bool;

    /// Return σ(x) = 1 / (1 + e⁻ˣ), without overflow for any finite x.
    fn sigmoid(self) -> Self;

    /// Return ln(1 + eˣ), without overflow for any finite x.
    fn softplus(self) -> Self;

    /// The type of the gradients that are computed with these numbers: the same type for floats; the tangents alone for
    /// dual numbers, as their values are known from a pass with floats.
    type Slope: Scalar;

    /// Return the part of the number that gradients consist of.
    fn slope(self) -> Self::Slope;

    /// Add [`Scalar::slope`] of the matrix product `a · b` to `sum`; shapes as in [`Scalar::add_product`].
    fn add_slopes(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self::Slope>);

    /// Add the matrix product `a · b` to `sum`; shapes (n × k), (k × m) and (n × m), in any memory layout.
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self>);

    /// Return the matrix product `a · b`, row-major; shapes (n × k) and (k × m).
    fn matmul(a: ArrayView2<Self>, b: ArrayView2<Self>) -> Array2<Self> {
        let mut product = Array2::zeros((a.nrows(), b.ncols()));
        Self::add_product(a, b, product.view_mut());
        product
    }

    /// Apply the ReLU z ← max(z, 0).
    fn relu(z: &mut [Self]) {
        z.iter_mut().for_each(|z| *z = if z.is_positive() { *z } else { Self::zero() });
    }

    /// Do the gradient step θ ← θ − α ⊙ g, up to the shortest length.
    fn descend(theta: &mut [Self], rates: &[Self], gradient: &[Self]) {
        for ((theta, &rate), &slope) in theta.iter_mut().zip(rates).zip(gradient) {
            *theta -= rate * slope;
        }
    }

    /// Set `row` to the signed bytes times `scale`, up to the shorter length.
    fn dequantise(row: &mut [Self], bytes: &[u8], scale: Self) {
        row.iter_mut().zip(bytes).for_each(|(x, &byte)| *x = Self::constant(f64::from(byte as i8)) * scale);
    }
}

/// A floating-point number: `f32` in use, `f64` where derivatives are checked.
pub trait Real: Scalar<Slope = Self> + Float {}

macro_rules! real {
    ($float:ty, $add_product:path, { $($specialised:item)* }) => {
        impl Scalar for $float {
            fn constant(x: f64) -> Self {
                x as $float
            }

            fn is_positive(self) -> bool {
                self > 0.0
            }

            fn sigmoid(self) -> Self {
                // The exponent is never positive, so that large arguments underflow to 0 instead of overflowing.
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

            $($specialised)*
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

    fn dequantise(row: &mut [f32], bytes: &[u8], scale: f32) {
        fewclicks_kernels::dequantise(row, bytes, scale);
    }
});
real!(f64, fewclicks_kernels::add_any_product, {});
