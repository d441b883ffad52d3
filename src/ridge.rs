//! The closed-form local update: ridge regression of what the support set leaves unexplained on the item vectors.
//!
//! With residuals e = r − ŷ₀ and item vectors X of the support set, the linear path moves by
//! w = argmin ‖e − X·w‖² + Σ λ_d w_d² = A⁻¹ Xᵀe, where A = XᵀX + Λ. The prior precisions λ = e^ρ are learned, one per
//! dimension: the numbers that are local rates elsewhere are ρ here.

use crate::embedding;
use crate::examples::{Examples, Task, User};
use crate::layout::{Layout, Scope};
use crate::linalg::Cholesky;
use crate::loss::Loss;
use crate::meta::MetaGradient;
use crate::network::{self, Forward, forward, loss_gradient};
use crate::scalar::Real;
use ndarray::{Array1, Array2, Axis};

/// Bounds of ρ: beyond them a dimension is as good as free, or as good as fixed.
pub const MOST_LOG_PRECISION: f64 = 15.0;

/// Moves the linear path of `theta` to where `support` puts it.
pub fn apply<T: Real>(layout: &Layout, theta: &mut [T], log_precision: &[T], user: &User, support: &Examples) {
    let fit = Fit::new(layout, theta, log_precision, user, support);
    fit.move_linear(layout, theta);
}

/// As [`crate::meta::meta_gradient`], for this update. The derivative of a solution of A·w = Xᵀe needs one more solve
/// with the same matrix, u = A⁻¹·∂L/∂w: then ∂L/∂e = X·u, ∂L/∂X = (e − X·w)·uᵀ − (X·u)·wᵀ, ∂L/∂λ = −u ⊙ w.
pub fn meta_gradient<T: Real>(layout: &Layout, theta: &[T], log_precision: &[T], task: &Task) -> MetaGradient<T> {
    let Task { user, support, query } = task;
    let fit = Fit::new(layout, theta, log_precision, user, support);
    let mut adapted = theta.to_vec();
    fit.move_linear(layout, &mut adapted);
    let divisor = query.labels.len().max(1) as f64;
    let (query_loss, mut parameters) = loss_gradient(layout, &adapted, user, query, Loss::SquaredError, divisor, 0);

    let d_moved = Array1::from(parameters[layout.start(Scope::Linear)..].to_vec());
    let u = fit.solve(d_moved);
    let d_residual = fit.pass.x.dot(&u);
    let d_prediction = d_residual.mapv(|d| -d);
    network::reverse(layout, theta, user, &support.items, &fit.pass, &d_prediction, &mut parameters, 0);
    let d_x = outer(&fit.unexplained, &u) - outer(&d_residual, &fit.moved);
    embedding::items_reverse(layout, &support.items.fields, &d_x, &mut parameters, 0);
    let rates = u.iter().zip(&fit.moved).zip(&fit.precision).map(|((&u, &w), &precision)| -u * w * precision).collect();
    MetaGradient { query_loss, parameters, rates }
}

/// One solution, and what led to it.
struct Fit<T> {
    pass: Forward<T>,
    precision: Array1<T>,
    factor: Factor<T>,
    /// w.
    moved: Array1<T>,
    /// e − X·w.
    unexplained: Array1<T>,
}

/// Whichever matrix is smaller (Woodbury): A, or X·Λ⁻¹·Xᵀ + 1 with a row per example.
enum Factor<T> {
    Dimensions(Cholesky<T>),
    Examples(Cholesky<T>),
}

impl<T: Real> Fit<T> {
    fn new(layout: &Layout, theta: &[T], log_precision: &[T], user: &User, support: &Examples) -> Self {
        let pass = forward(layout, theta, user, &support.items);
        let bound = T::constant(MOST_LOG_PRECISION);
        let precision: Array1<T> = log_precision.iter().map(|rho| rho.max(-bound).min(bound).exp()).collect();
        let labels = support.labels.iter().map(|&label| T::constant(label.into()));
        let residual: Array1<T> = labels.zip(&pass.prediction).map(|(label, &y)| label - y).collect();
        let (examples, dimensions) = pass.x.dim();
        let factor = if examples < dimensions {
            let mut gram = (&pass.x / &precision).dot(&pass.x.t());
            gram.diag_mut().mapv_inplace(|d| d + T::one());
            Factor::Examples(Cholesky::new(gram))
        } else {
            let mut normal = pass.x.t().dot(&pass.x);
            normal.diag_mut().zip_mut_with(&precision, |d, &p| *d += p);
            Factor::Dimensions(Cholesky::new(normal))
        };
        let projected = pass.x.t().dot(&residual);
        let mut fit = Self { pass, precision, factor, moved: Array1::zeros(dimensions), unexplained: residual };
        fit.moved = fit.solve(projected);
        let explained = fit.pass.x.dot(&fit.moved);
        fit.unexplained.zip_mut_with(&explained, |e, &x| *e -= x);
        fit
    }

    /// A⁻¹·b.
    fn solve(&self, b: Array1<T>) -> Array1<T> {
        match &self.factor {
            Factor::Dimensions(factor) => factor.solve(b),
            Factor::Examples(factor) => {
                let inner = factor.solve(self.pass.x.dot(&(&b / &self.precision)));
                (b - self.pass.x.t().dot(&inner)) / &self.precision
            }
        }
    }

    fn move_linear(&self, layout: &Layout, theta: &mut [T]) {
        let linear = &mut theta[layout.start(Scope::Linear)..];
        linear.iter_mut().zip(&self.moved).for_each(|(v, &w)| *v += w);
    }
}

/// a·bᵀ.
fn outer<T: Real>(a: &Array1<T>, b: &Array1<T>) -> Array2<T> {
    T::matmul(a.view().insert_axis(Axis(1)), b.view().insert_axis(Axis(0)))
}
