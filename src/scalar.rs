//! The numbers the model computes with: plain floats, and dual numbers that carry a directional derivative along.
//!
//! The forward and the reverse pass are written once, for any [`Scalar`]. Run on [`Dual`] numbers they yield a
//! Hessian-vector product beside the gradient, which is all that an exact second-order meta-gradient needs.

use crate::product;
use core::fmt::Debug;
use core::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use ndarray::{Array2, ArrayView2, LinalgScalar, Zip};
use num_traits::{Float, One, Zero};

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

    /// The matrix product `a · b`; shapes (n × k) and (k × m). It lies row by row.
    fn matmul(a: ArrayView2<Self>, b: ArrayView2<Self>) -> Array2<Self>;
}

/// A plain floating-point number: `f32` in use, `f64` where derivatives are checked.
pub trait Real: Scalar + Float {}

macro_rules! real {
    ($float:ty, $product:path) => {
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

            fn matmul(a: ArrayView2<Self>, b: ArrayView2<Self>) -> Array2<Self> {
                $product(a, b)
            }
        }

        impl Real for $float {}
    };
}

real!(f32, product::single);
real!(f64, product::library);

/// √x. Exactly rounded also for single precision, whose roots have half as many digits as are computed.
pub fn root<T: Real>(x: T) -> T {
    x.to_f64().map_or(T::nan(), |x| T::constant(double_root(x)))
}

#[cfg(not(target_arch = "wasm32"))]
fn double_root(x: f64) -> f64 {
    x.sqrt()
}

/// Without the standard library the instruction can be had for vectors only.
#[cfg(target_arch = "wasm32")]
fn double_root(x: f64) -> f64 {
    use core::arch::wasm32::{f64x2_extract_lane, f64x2_splat, f64x2_sqrt};
    f64x2_extract_lane::<0>(f64x2_sqrt(f64x2_splat(x)))
}

/// `value + tangent·ε` with ε² = 0: a number and its derivative along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    fn matmul(a: ArrayView2<Self>, b: ArrayView2<Self>) -> Array2<Self> {
        let (a_value, a_tangent) = planes(a);
        let (b_value, b_tangent) = planes(b);
        let mut tangent = Array2::zeros((a.nrows(), b.ncols()));
        if let Some(a_tangent) = a_tangent {
            tangent += &T::matmul(a_tangent.view(), b_value.view());
        }
        if let Some(b_tangent) = b_tangent {
            tangent += &T::matmul(a_value.view(), b_tangent.view());
        }
        Zip::from(&T::matmul(a_value.view(), b_value.view()))
            .and(&tangent)
            .map_collect(|&value, &tangent| Self { value, tangent })
    }
}

/// The values and the tangents of `a`; no tangents where all are zero, so that constants cost nothing.
fn planes<T: Real>(a: ArrayView2<Dual<T>>) -> (Array2<T>, Option<Array2<T>>) {
    let tangent = a.mapv(|x| x.tangent);
    let moving = tangent.iter().any(|t| !t.is_zero());
    (a.mapv(|x| x.value), moving.then_some(tangent))
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
