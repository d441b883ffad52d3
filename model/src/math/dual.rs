//! Dual numbers, for forward-mode differentiation along one direction.

use super::scalar::{Real, Scalar};
use ndarray::{ArrayView2, ArrayViewMut2, Ix2, ShapeBuilder, StrideShape};
use num_traits::{One, Zero};
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// The dual number `value + tangent·ε` with ε² = 0: a number and its derivative along one direction.
///
/// ```
/// use fewclicks_model::math::dual::Dual;
/// let x = Dual { value: 3.0, tangent: 1.0 };
/// assert_eq!(x * x, Dual { value: 9.0, tangent: 6.0 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C)]
pub struct Dual<T> {
    /// The number.
    pub value: T,
    /// Its derivative along the direction.
    pub tangent: T,
}

impl<T: Real> Dual<T> {
    /// Return the constant `value`, whose tangent is zero.
    pub fn fixed(value: T) -> Self {
        Self { value, tangent: T::zero() }
    }

    /// Return f(self) by the chain rule, where `value` is f and `slope` is f′ at `self.value`.
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

    type Slope = T;

    fn slope(self) -> T {
        self.tangent
    }

    fn add_slopes(a: ArrayView2<Self>, b: ArrayView2<Self>, mut sum: ArrayViewMut2<T>) {
        // A product with zero tangents is zero.
        if has_tangents(a) {
            T::add_product(plane(a, TANGENT), plane(b, VALUE), sum.view_mut());
        }
        if has_tangents(b) {
            T::add_product(plane(a, VALUE), plane(b, TANGENT), sum);
        }
    }

    /// Do one to three real products, an order of magnitude faster than a generic loop over dual numbers.
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, mut sum: ArrayViewMut2<Self>) {
        T::add_product(plane(a, VALUE), plane(b, VALUE), plane_mut(&mut sum, VALUE));
        Self::add_slopes(a, b, plane_mut(&mut sum, TANGENT));
    }
}

/// The offset of the value in a dual number, in reals.
const VALUE: usize = 0;
/// The offset of the tangent in a dual number, in reals.
const TANGENT: usize = 1;

/// Return a view of the values or of the tangents of `matrix`.
fn plane<T: Real>(matrix: ArrayView2<Dual<T>>, offset: usize) -> ArrayView2<T> {
    let shape = plane_shape(matrix.dim(), matrix.strides());
    // SAFETY: `Dual` is `repr(C)`, two reals with the value first. So all elements of the plane, at double strides from
    // the offset of value or tangent, lie within the elements of `matrix`, and are borrowed for as long.
    unsafe { ArrayView2::from_shape_ptr(shape, matrix.as_ptr().cast::<T>().wrapping_add(offset)) }
}

/// As [`plane`], mutable.
fn plane_mut<'a, T: Real>(matrix: &'a mut ArrayViewMut2<Dual<T>>, offset: usize) -> ArrayViewMut2<'a, T> {
    let shape = plane_shape(matrix.dim(), matrix.strides());
    // SAFETY: as in `plane`; `matrix` is borrowed mutably for as long.
    unsafe { ArrayViewMut2::from_shape_ptr(shape, matrix.as_mut_ptr().cast::<T>().wrapping_add(offset)) }
}

/// Return the shape of a plane of dual numbers with these strides, with strides in reals.
///
/// # Panics
/// Where a stride is negative.
fn plane_shape(shape: (usize, usize), strides: &[isize]) -> StrideShape<Ix2> {
    let double = |stride: isize| 2 * usize::try_from(stride).expect("a non-negative stride");
    shape.strides((double(strides[0]), double(strides[1])))
}

/// Return whether any tangent is not zero.
fn has_tangents<T: Real>(matrix: ArrayView2<Dual<T>>) -> bool {
    let by_rows = if matrix.strides()[1] == 1 { matrix } else { matrix.reversed_axes() };
    by_rows.outer_iter().any(|row| match row.to_slice() {
        // Without an early exit the loop is vectorised.
        Some(row) => row.iter().fold(false, |any, x| any | !x.tangent.is_zero()),
        None => row.iter().any(|x| !x.tangent.is_zero()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

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
