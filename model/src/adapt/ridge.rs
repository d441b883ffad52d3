//! The closed-form local update: ridge regression of what the support set leaves unexplained on the item vectors.
//!
//! With residuals e = r − ŷ₀ and item vectors X of the support set, the linear path moves by
//! w = argmin ‖e − X·w‖² + Σ λ_d w_d² = A⁻¹ Xᵀe, where A = XᵀX + Λ. The prior precisions λ = e^ρ are learned, one per
//! dimension: the numbers that are local rates elsewhere are ρ here.

use super::implicit;
use super::meta_gradient::MetaGradient;
use crate::math::cholesky::Cholesky;
use crate::math::matrix::{add, as_mut_slice, as_slice, column};
use crate::math::scalar::Real;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::forward::{Forward, forward, loss_gradient, reverse};
use crate::network::layout::Layout;
use crate::network::loss::Loss;
use crate::network::mlp::Deltas;
use crate::network::task::{Examples, Task, User};
use ndarray::Array2;

/// The bound of |ρ|. A dimension with a larger one is practically unregularised or practically fixed.
pub const MAX_LOG_PRECISION: f64 = 15.0;

/// Add implicit feedback to the linear path of `theta` ([`implicit`]), then move it by the ridge regression on `support`
/// with log prior precisions ρ, `log_precision` (item width). Without support, do no regression.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn apply<T: Real>(layout: &Layout, theta: &mut [T], log_precision: &[T], user: &User, support: &Examples) {
    implicit::apply(layout, theta, user, &support.items);
    if !support.labels.is_empty() {
        Fit::new(layout, theta, log_precision, user, support).move_linear(layout, theta);
    }
}

/// Differentiate the query loss of `task` after the closed-form update of `theta`, whose linear path already includes
/// implicit feedback. The derivative of a solution of A·w = Xᵀe needs one more solve with the same matrix,
/// u = A⁻¹·∂L/∂w: then ∂L/∂e = X·u, ∂L/∂X = (e − X·w)·uᵀ − (X·u)·wᵀ, ∂L/∂λ = −u ⊙ w.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn meta_gradient<T: Real>(layout: &Layout, theta: &[T], log_precision: &[T], task: &Task) -> MetaGradient<T> {
    let Task { user, support, query } = task;
    let fit = Fit::new(layout, theta, log_precision, user, support);
    let mut adapted = theta.to_vec();
    fit.move_linear(layout, &mut adapted);
    let divisor = query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &adapted, user, query, Loss::SquaredError, divisor, 0);

    let u = fit.solve(parameters[layout.offset(Scope::Linear)..].to_vec());
    let d_residual = times(&fit.pass.x, &u);
    let d_prediction: Vec<T> = d_residual.iter().map(|&d| -d).collect();
    let pass = (&fit.pass, &mut Deltas::new(layout, support.labels.len()));
    reverse(layout, theta, user, &support.items, pass, &d_prediction, &mut parameters, 0);
    let d_x = outer(&fit.residuals, &u) - outer(&d_residual, &fit.weights);
    embedding::items_reverse(layout, &support.items.fields, &d_x, &mut parameters, 0);
    let rates =
        u.iter().zip(&fit.weights).zip(&fit.precision).map(|((&u, &w), &precision)| -u * w * precision).collect();
    MetaGradient { query_loss, parameters, rates }
}

/// A solved ridge regression.
struct Fit<T> {
    /// The forward pass over the support set before the update.
    pass: Forward<T>,
    /// λ, (item width).
    precision: Vec<T>,
    factor: Factor<T>,
    /// The solution w, (item width).
    weights: Vec<T>,
    /// The remaining residuals e − X·w, (support).
    residuals: Vec<T>,
}

/// The factorisation of the smaller matrix: A, or by Woodbury's identity X·Λ⁻¹·Xᵀ + 1 with a row per example.
enum Factor<T> {
    Dimensions(Cholesky<T>),
    Examples(Cholesky<T>),
}

impl<T: Real> Fit<T> {
    /// Solve the regression of the residuals of `support` at `theta`.
    fn new(layout: &Layout, theta: &[T], log_precision: &[T], user: &User, support: &Examples) -> Self {
        let pass = forward(layout, theta, user, &support.items);
        let bound = T::constant(MAX_LOG_PRECISION);
        let precision: Vec<T> = log_precision.iter().map(|rho| rho.max(-bound).min(bound).exp()).collect();
        let mut residual = Vec::new();
        for (&label, &y) in support.labels.iter().zip(&pass.prediction) {
            residual.push(T::constant(label.into()) - y);
        }
        let factor = if pass.x.nrows() < pass.x.ncols() {
            let mut scaled = pass.x.clone();
            as_mut_slice(&mut scaled).chunks_exact_mut(precision.len()).for_each(|x| divide(x, &precision));
            let gram = T::matmul(scaled.view(), pass.x.t());
            Factor::Examples(Cholesky::new(with_diagonal(gram, |_| T::one())))
        } else {
            let normal = T::matmul(pass.x.t(), pass.x.view());
            Factor::Dimensions(Cholesky::new(with_diagonal(normal, |d| precision[d])))
        };
        let projected = transposed_times(&pass.x, &residual);
        let mut fit = Self { pass, precision, factor, weights: Vec::new(), residuals: residual };
        fit.weights = fit.solve(projected);
        let explained = times(&fit.pass.x, &fit.weights);
        fit.residuals.iter_mut().zip(explained).for_each(|(e, x)| *e -= x);
        fit
    }

    /// Return A⁻¹·b.
    fn solve(&self, mut b: Vec<T>) -> Vec<T> {
        match &self.factor {
            Factor::Dimensions(factor) => factor.solve(b),
            Factor::Examples(factor) => {
                let mut scaled = b.clone();
                divide(&mut scaled, &self.precision);
                let inner = factor.solve(times(&self.pass.x, &scaled));
                let inner = transposed_times(&self.pass.x, &inner);
                b.iter_mut().zip(inner).for_each(|(b, inner)| *b -= inner);
                divide(&mut b, &self.precision);
                b
            }
        }
    }

    /// Add the solution to the linear path of `theta`.
    fn move_linear(&self, layout: &Layout, theta: &mut [T]) {
        add(&mut theta[layout.offset(Scope::Linear)..], &self.weights);
    }
}

/// Return a·bᵀ.
fn outer<T: Real>(a: &[T], b: &[T]) -> Array2<T> {
    T::matmul(column(a), column(b).t())
}

/// Return X·b.
fn times<T: Real>(x: &Array2<T>, b: &[T]) -> Vec<T> {
    as_slice(&T::matmul(x.view(), column(b))).to_vec()
}

/// Return Xᵀ·b.
fn transposed_times<T: Real>(x: &Array2<T>, b: &[T]) -> Vec<T> {
    as_slice(&T::matmul(x.t(), column(b))).to_vec()
}

/// Divide a by b, number by number.
fn divide<T: Real>(a: &mut [T], b: &[T]) {
    a.iter_mut().zip(b).for_each(|(a, &b)| *a = *a / b);
}

/// Return a square matrix with `added(d)` added to its d-th diagonal number.
fn with_diagonal<T: Real>(mut matrix: Array2<T>, added: impl Fn(usize) -> T) -> Array2<T> {
    let step = matrix.ncols() + 1;
    as_mut_slice(&mut matrix).iter_mut().step_by(step).enumerate().for_each(|(d, x)| *x += added(d));
    matrix
}
