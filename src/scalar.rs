//! The numbers the model computes with: plain floats, and dual numbers that carry a directional derivative along.
//!
//! The forward and the reverse pass are written once, for any [`Scalar`]. Run on [`Dual`] numbers they yield a
//! Hessian-vector product beside the gradient, which is all that an exact second-order meta-gradient needs.

use crate::linalg::zeros;
use crate::product;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Ix2, LinalgScalar, ShapeBuilder, StrideShape};
use num_traits::{Float, One, Zero};
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

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
pub trait Real: Scalar + Float {}

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
                let decay = (-self.abs()).exp();
                (if self >= 0.0 { 1.0 } else { decay }) / (1.0 + decay)
            }

            fn softplus(self) -> Self {
                self.max(0.0) + (-self.abs()).exp().ln_1p()
            }

            fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, sum: ArrayViewMut2<Self>) {
                $add_product(a, b, sum);
            }

            $($faster)*
        }

        impl Real for $float {}
    };
}

real!(f32, product::single, {
    #[cfg(target_arch = "wasm32")]
    fn relu(z: &mut [Self]) {
        product::lanes::relu(z);
    }

    #[cfg(target_arch = "wasm32")]
    fn descend(theta: &mut [Self], rates: &[Self], gradient: &[Self]) {
        product::lanes::descend(theta, rates, gradient);
    }

    #[cfg(target_arch = "wasm32")]
    fn scaled(row: &mut [Self], bytes: &[u8], scale: Self) {
        product::lanes::scaled(row, bytes, scale);
    }
});
real!(f64, product::library, {});

/// `value + tangent·ε` with ε² = 0: a number and its derivative along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub struct Dual<T> {
    pub value: T,
    pub tangent: T,
}

impl<T: Real> Dual<T> {
    /// A number that does not change along the direction.
    pub fn fixed(value: T) -> Self {
        Self { value, tangent: T::zero() }
    }

    /// f(self), where `slope` is f′ at the value.
    fn chain(self, value: T, slope: T) -> Self {
        Self { value, tangent: slope * self.tangent }
    }
}

impl<T: Real> Add for Dual<T> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, tangent: self.tangent + other.tangent }
    }
}

impl<T: Real> Sub for Dual<T> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { value: self.value - other.value, tangent: self.tangent - other.tangent }
    }
}

impl<T: Real> Mul for Dual<T> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self { value: self.value * other.value, tangent: self.tangent * other.value + self.value * other.tangent }
    }
}

impl<T: Real> Div for Dual<T> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        Self { value, tangent: (self.tangent - value * other.tangent) / other.value }
    }
}

impl<T: Real> Neg for Dual<T> {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, tangent: -self.tangent }
    }
}

impl<T: Real> AddAssign for Dual<T> {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<T: Real> SubAssign for Dual<T> {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<T: Real> Zero for Dual<T> {
    fn zero() -> Self {
        Self::fixed(T::zero())
    }

    fn is_zero(&self) -> bool {
        self.value.is_zero() && self.tangent.is_zero()
    }
}

impl<T: Real> One for Dual<T> {
    fn one() -> Self {
        Self::fixed(T::one())
    }
}

impl<T: Real> Scalar for Dual<T> {
    fn constant(x: f64) -> Self {
        Self::fixed(T::constant(x))
    }

    fn is_positive(self) -> bool {
        self.value.is_positive()
    }

    fn sigmoid(self) -> Self {
        let s = self.value.sigmoid();
        self.chain(s, s * (T::one() - s))
    }

    fn softplus(self) -> Self {
        self.chain(self.value.softplus(), self.value.sigmoid())
    }

    /// Two or three real products instead of one of pairs: an order of magnitude faster than the generic loop.
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, mut sum: ArrayViewMut2<Self>) {
        let moves = |matrix: ArrayView2<Self>| matrix.iter().any(|x| !x.tangent.is_zero());
        let [a_value, a_tangent] = planes(a);
        let [b_value, b_tangent] = planes(b);
        let [value, mut tangent] = planes_mut(&mut sum);
        // Constants cost nothing.
        if moves(a) {
            T::add_product(a_tangent, b_value, tangent.view_mut());
        }
        if moves(b) {
            T::add_product(a_value, b_tangent, tangent);
        }
        T::add_product(a_value, b_value, value);
    }
}

/// Values and tangents, each where it lies.
fn planes<T: Real>(matrix: ArrayView2<Dual<T>>) -> [ArrayView2<T>; 2] {
    let shape = strided(matrix.dim(), matrix.strides());
    // SAFETY: a dual number is two reals, the value first, and as long as the view lives, they do.
    [0, 1].map(|plane| unsafe { ArrayView2::from_shape_ptr(shape, matrix.as_ptr().cast::<T>().add(plane)) })
}

/// As [`planes`].
fn planes_mut<'a, T: Real>(matrix: &'a mut ArrayViewMut2<Dual<T>>) -> [ArrayViewMut2<'a, T>; 2] {
    let shape = strided(matrix.dim(), matrix.strides());
    let first = matrix.as_mut_ptr().cast::<T>();
    // SAFETY: as above; the two have no number in common.
    [0, 1].map(|plane| unsafe { ArrayViewMut2::from_shape_ptr(shape, first.add(plane)) })
}

/// Every other number of those that lie `strides` pairs apart.
fn strided(shape: (usize, usize), strides: &[isize]) -> StrideShape<Ix2> {
    let twice = |stride: isize| 2 * usize::try_from(stride).expect("the model reads no matrix backwards");
    shape.strides((twice(strides[0]), twice(strides[1])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tangents_agree_with_central_differences() {
        let h = 1e-6;
        for x in [-30.0, -2.0, -0.3, 0.4, 3.0, 40.0] {
            let dual = Dual { value: x, tangent: 1.0 };
            let check = |name: &str, f: &dyn Fn(f64) -> f64, got: f64| {
                let expected = (f(x + h) - f(x - h)) / (2.0 * h);
                assert!((got - expected).abs() < 1e-8, "{name}'({x}) = {got}, expected {expected}");
            };
            check("sigmoid", &|x| x.sigmoid(), dual.sigmoid().tangent);
            check("softplus", &|x| x.softplus(), dual.softplus().tangent);
            check("quotient", &|x| (x + 1.0) / (x * x + 2.0), {
                ((dual + Dual::one()) / (dual * dual + Dual::constant(2.0))).tangent
            });
        }
    }

    #[test]
    fn dual_product_by_planes_equals_the_plain_one() {
        let dual = |i: usize, j: usize| Dual { value: (3 * i + j) as f64 - 2.0, tangent: (i * j) as f64 - 1.0 };
        let a = Array2::from_shape_fn((3, 4), |(i, j)| dual(i, j));
        let b = Array2::from_shape_fn((4, 2), |(i, j)| dual(j, i));
        assert_eq!(Dual::matmul(a.view(), b.view()), a.dot(&b));
    }
}
