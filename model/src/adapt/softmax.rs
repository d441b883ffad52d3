//! The local update on picks. A pick is a choice from the whole catalogue, so its loss is the cross-entropy of a softmax
//! over all items.
//!
//! With item vectors V, biases b and the user's linear path w: p = softmax(V·w + b). A local update on the picks S does
//! the steps w ← w − α ⊙ Vᵀ(|S|·p − 1_S) / (|S| + κ), t = 1…T. The meta-gradient goes through these steps backwards in
//! closed form, for many users at once by matrix products.

use crate::math::matrix::{add, as_slice, column};
use crate::math::scalar::{Real, Scalar};
use crate::network::folded::FoldedItems;
use ndarray::{Array1, Array2, ArrayView1, Axis, Zip};
use serde::{Deserialize, Serialize};

/// Gradient steps w ← w − α ⊙ Vᵀ(|S|·p − 1_S) / (|S| + κ) of the linear path w at learned rates α, one per dimension.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Softmax {
    /// The number of steps T, 1 to [`crate::adapt::MAX_STEPS`].
    pub steps: usize,
    /// The shrinkage κ ≥ 0: relative to the mean loss, a step on |S| picks is scaled by |S| / (|S| + κ).
    pub kappa: f64,
}

/// The items that a user chooses from.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    /// The item vectors V, (items × width).
    pub vectors: Array2<T>,
    /// The item biases b, (items).
    pub bias: Array1<T>,
}

/// The picks of one user, as positions in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickTask {
    /// The picks that the local update learns from.
    pub support: Vec<u32>,
    /// The picks to predict: at least one, none of them in the support set.
    pub query: Vec<u32>,
}

impl Softmax {
    /// Do the local update of the linear path `w` (item width) at `rates` (item width) on the picks at the positions
    /// `support`, given the `items` of the folded model.
    ///
    /// # Panics
    /// Where a position is not below `items.len()`.
    pub fn apply(&self, items: &FoldedItems<'_>, w: &mut [f32], rates: &[f32], support: &[u32]) {
        let picks = support.len() as f32;
        let scale = step_scale(support.len(), self.kappa) as f32;
        for _ in 0..self.steps {
            let mut error = Vec::with_capacity(items.len());
            items.for_each_block(&mut |_, vectors| {
                error.extend_from_slice(as_slice(&f32::matmul(vectors, column(w))));
            });
            add(&mut error, items.bias());
            softmax(&mut error);
            error.iter_mut().for_each(|p| *p *= picks);
            support.iter().for_each(|&item| error[item as usize] -= 1.0);
            let mut gradient = vec![0.0; w.len()];
            items.for_each_block(&mut |block, vectors| {
                add(&mut gradient, as_slice(&f32::matmul(vectors.t(), column(&error[block]))));
            });
            for ((w, &rate), &slope) in w.iter_mut().zip(rates).zip(&gradient) {
                *w -= rate * slope * scale;
            }
        }
    }
}

/// The sum of the query losses of several users, and its derivatives.
#[derive(Clone, Debug)]
pub struct PicksGradient<T> {
    /// Σ over users of |Q|^-½ Σ_{q∈Q} −ln p_q, where p is over the items that are not in the support set. The exponent is
    /// between that of a mean over Q, which weights users equally, and that of a sum, which weights picks equally.
    pub query_loss: T,
    /// The derivative by V, (items × width).
    pub vectors: Array2<T>,
    /// The derivative by b, (items).
    pub bias: Array1<T>,
    /// The derivative by each user's linear path before the local update, (users × width).
    pub linear_paths: Array2<T>,
    /// The derivative by α, (width).
    pub rates: Array1<T>,
}

/// Differentiate the summed query losses of `tasks` after the local update from `linear_paths` (users × width) at `rates`
/// (width).
///
/// # Panics
/// Where shapes do not match, or a position is not below the number of items.
pub fn meta_gradient<T: Real>(
    choice: &Choice<T>,
    linear_paths: Array2<T>,
    rates: &[T],
    update: Softmax,
    tasks: &[PickTask],
) -> PicksGradient<T> {
    let rates = ArrayView1::from(rates);
    let mut w = linear_paths;
    let mut path = Vec::with_capacity(update.steps);
    for _ in 0..update.steps {
        let step = Step::new(choice, w.clone(), update.kappa, tasks);
        w -= &(&step.gradient * &rates);
        path.push(step);
    }
    let (query_loss, d_scores) = query_loss(choice, &w, tasks);
    let mut gradient = PicksGradient {
        query_loss,
        vectors: Array2::zeros(choice.vectors.raw_dim()),
        bias: Array1::zeros(choice.bias.len()),
        linear_paths: Array2::zeros(w.raw_dim()),
        rates: Array1::zeros(rates.len()),
    };
    let mut d_w = gradient.through_scores(choice, &w, &d_scores);
    for step in path.iter().rev() {
        gradient.rates -= &(&d_w * &step.gradient).sum_axis(Axis(0));
        let d_gradient = &d_w * &rates * &step.scales.map(|&scale| -scale).insert_axis(Axis(1));
        gradient.vectors += &step.error.t().dot(&d_gradient);
        let d_scores = step.softmax_reverse(d_gradient.dot(&choice.vectors.t()), tasks);
        d_w += &gradient.through_scores(choice, &step.w, &d_scores);
    }
    gradient.linear_paths = d_w;
    gradient
}

impl<T: Real> PicksGradient<T> {
    /// Add the derivatives by V and b, given the derivative by the scores W·Vᵀ + b; return the derivative by W.
    fn through_scores(&mut self, choice: &Choice<T>, w: &Array2<T>, d_scores: &Array2<T>) -> Array2<T> {
        self.vectors += &d_scores.t().dot(w);
        self.bias += &d_scores.sum_axis(Axis(0));
        d_scores.dot(&choice.vectors)
    }
}

/// One gradient step of all users.
struct Step<T> {
    /// The linear paths before the step, (users × width).
    w: Array2<T>,
    /// |S|·p − 1_S, (users × items).
    error: Array2<T>,
    /// 1 / (|S| + κ), (users).
    scales: Array1<T>,
    /// The gradient of the support losses by the linear paths, (users × width).
    gradient: Array2<T>,
}

impl<T: Real> Step<T> {
    /// Compute the step of each user from the linear paths `w`.
    fn new(choice: &Choice<T>, w: Array2<T>, kappa: f64, tasks: &[PickTask]) -> Self {
        let mut error = scores(choice, &w);
        for (mut row, task) in error.outer_iter_mut().zip(tasks) {
            softmax(row.as_slice_mut().expect("rows are contiguous"));
            let picks = T::constant(task.support.len() as f64);
            row.mapv_inplace(|p| p * picks);
            task.support.iter().for_each(|&item| row[item as usize] -= T::one());
        }
        let scales: Array1<T> = tasks.iter().map(|t| T::constant(step_scale(t.support.len(), kappa))).collect();
        let gradient = error.dot(&choice.vectors) * scales.view().insert_axis(Axis(1));
        Self { w, error, scales, gradient }
    }

    /// Return the derivative by the scores, given the derivative d by `error`: with n·p = error + 1_S, it is
    /// n·p ⊙ (d − p·d).
    fn softmax_reverse(&self, mut d_error: Array2<T>, tasks: &[PickTask]) -> Array2<T> {
        for ((mut d, error), task) in d_error.outer_iter_mut().zip(self.error.outer_iter()).zip(tasks) {
            let mut expected = error.to_owned();
            task.support.iter().for_each(|&item| expected[item as usize] += T::one());
            let picks = T::constant(task.support.len().max(1) as f64);
            let mean = expected.dot(&d) / picks;
            Zip::from(&mut d).and(&expected).for_each(|d, &e| *d = e * (*d - mean));
        }
        d_error
    }
}

/// Return 1 / (|S| + κ), or 0 without picks, even where κ is 0.
fn step_scale(picks: usize, kappa: f64) -> f64 {
    if picks == 0 { 0.0 } else { 1.0 / (picks as f64 + kappa) }
}

/// Return W·Vᵀ + b, (users × items).
fn scores<T: Real>(choice: &Choice<T>, w: &Array2<T>) -> Array2<T> {
    let scores = w.dot(&choice.vectors.t()) + &choice.bias;
    // The memory layout of a product may be column-major.
    scores.as_standard_layout().into_owned()
}

/// Return [`PicksGradient::query_loss`] and its derivative by the scores.
fn query_loss<T: Real>(choice: &Choice<T>, w: &Array2<T>, tasks: &[PickTask]) -> (T, Array2<T>) {
    let mut slopes = scores(choice, w);
    let mut loss = T::zero();
    for (mut row, task) in slopes.outer_iter_mut().zip(tasks) {
        task.support.iter().for_each(|&item| row[item as usize] = T::neg_infinity());
        softmax(row.as_slice_mut().expect("rows are contiguous"));
        let sqrt = (task.query.len().max(1) as f64).sqrt();
        let weight = T::constant(1.0 / sqrt);
        for &item in &task.query {
            loss -= weight * row[item as usize].max(T::min_positive_value()).ln();
        }
        row.mapv_inplace(|p| p * T::constant(sqrt));
        task.query.iter().for_each(|&item| row[item as usize] -= weight);
    }
    (loss, slopes)
}

/// Replace scores by their softmax.
fn softmax<T: Real>(scores: &mut [T]) {
    let highest = scores.iter().copied().fold(T::neg_infinity(), T::max);
    let mut sum = T::zero();
    for score in &mut *scores {
        *score = (*score - highest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score = *score / sum);
}
