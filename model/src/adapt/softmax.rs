//! The local update on picks. A visitor who taps what they like chooses from the whole catalogue, so the loss of a pick
//! is the cross-entropy of a softmax over all items, and an update concerns all of them.
//!
//! With item vectors V, biases b and the visitor's linear path w: p = softmax(V·w + b). A local update on the picks S,
//! t = 1…T, is w ← w − α ⊙ Vᵀ(|S|·p − 1_S) / (|S| + κ). The meta-gradient walks these steps backwards in closed form,
//! for many users at once: every product is one of matrices.

use crate::math::matrix::{add, as_slice, column};
use crate::math::scalar::{Real, Scalar};
use crate::network::folded::FoldedItems;
use ndarray::{Array1, Array2, ArrayView1, Axis, Zip};
use serde::{Deserialize, Serialize};

/// w ← w − α ⊙ Vᵀ(|S|·p − 1_S) / (|S| + κ), repeated, of the linear path w at learned rates α, one per dimension.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Softmax {
    /// Number of steps T, 1 to [`crate::adapt::MAX_STEPS`].
    pub steps: usize,
    /// κ ≥ 0: with few picks a step is smaller by |S| / (|S| + κ).
    pub kappa: f64,
}

/// What is chosen from.
#[derive(Clone, Debug)]
pub struct Choice<T> {
    /// V, (items × width).
    pub vectors: Array2<T>,
    /// b, one per item.
    pub bias: Array1<T>,
}

/// Positions in the catalogue: what a user picked before, and what they picked next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PickTask {
    /// What the local update reads.
    pub support: Vec<u32>,
    /// At least one; none of the support's.
    pub query: Vec<u32>,
}

impl Softmax {
    /// Move the linear path `w` of a model with these folded `items` by the picks at the positions `support`.
    pub fn apply(&self, items: &FoldedItems<'_>, w: &mut [f32], rates: &[f32], support: &[u32]) {
        let picks = support.len() as f32;
        let share = share(support.len(), self.kappa) as f32;
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
                *w -= rate * slope * share;
            }
        }
    }
}

/// The derivative of the summed query losses of some users.
#[derive(Clone, Debug)]
pub struct PicksGradient<T> {
    /// Σ over users of |Q|^-½ Σ_{q∈Q} −ln p_q, where the support's items cannot be chosen again. The mean over Q would
    /// have a user with two picks say as much as one with two hundred; the sum would leave the word to the busiest.
    pub query_loss: T,
    /// By V.
    pub vectors: Array2<T>,
    /// By b.
    pub bias: Array1<T>,
    /// By each user's start, (users × width).
    pub linear_paths: Array2<T>,
    /// By α.
    pub rates: Array1<T>,
}

/// Differentiates the query losses of `tasks` after the local update from `starts` (users × width) at `rates`.
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
        let d_gradient = &d_w * &rates * &step.shares.map(|&share| -share).insert_axis(Axis(1));
        gradient.vectors += &step.error.t().dot(&d_gradient);
        let d_scores = step.softmax_reverse(d_gradient.dot(&choice.vectors.t()), tasks);
        d_w += &gradient.through_scores(choice, &step.w, &d_scores);
    }
    gradient.linear_paths = d_w;
    gradient
}

impl<T: Real> PicksGradient<T> {
    /// Adds what ∂/∂(scores W·Vᵀ + b) means for V and b; returns what it means for W.
    fn through_scores(&mut self, choice: &Choice<T>, w: &Array2<T>, d_scores: &Array2<T>) -> Array2<T> {
        self.vectors += &d_scores.t().dot(w);
        self.bias += &d_scores.sum_axis(Axis(0));
        d_scores.dot(&choice.vectors)
    }
}

/// One local step of all users, and what led to it.
struct Step<T> {
    /// Where it started, (users × width).
    w: Array2<T>,
    /// |S|·p − 1_S, (users × items).
    error: Array2<T>,
    /// 1 / (|S| + κ), per user.
    shares: Array1<T>,
    /// (users × width).
    gradient: Array2<T>,
}

impl<T: Real> Step<T> {
    fn new(choice: &Choice<T>, w: Array2<T>, kappa: f64, tasks: &[PickTask]) -> Self {
        let mut error = scores(choice, &w);
        for (mut row, task) in error.outer_iter_mut().zip(tasks) {
            softmax(row.as_slice_mut().expect("rows are contiguous"));
            let picks = T::constant(task.support.len() as f64);
            row.mapv_inplace(|p| p * picks);
            task.support.iter().for_each(|&item| row[item as usize] -= T::one());
        }
        let shares: Array1<T> = tasks.iter().map(|t| T::constant(share(t.support.len(), kappa))).collect();
        let gradient = error.dot(&choice.vectors) * shares.view().insert_axis(Axis(1));
        Self { w, error, shares, gradient }
    }

    /// ∂/∂scores from ∂/∂`error`: with n·p = error + 1_S, it is n·p ⊙ (d − p·d).
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

/// Without picks nothing moves, whatever κ.
fn share(picks: usize, kappa: f64) -> f64 {
    if picks == 0 { 0.0 } else { 1.0 / (picks as f64 + kappa) }
}

/// W·Vᵀ + b, (users × items).
fn scores<T: Real>(choice: &Choice<T>, w: &Array2<T>) -> Array2<T> {
    let scores = w.dot(&choice.vectors.t()) + &choice.bias;
    // A product may come in either order.
    scores.as_standard_layout().into_owned()
}

/// [`PicksGradient::query_loss`] and its derivative by the scores.
fn query_loss<T: Real>(choice: &Choice<T>, w: &Array2<T>, tasks: &[PickTask]) -> (T, Array2<T>) {
    let mut slopes = scores(choice, w);
    let mut loss = T::zero();
    for (mut row, task) in slopes.outer_iter_mut().zip(tasks) {
        task.support.iter().for_each(|&item| row[item as usize] = T::neg_infinity());
        softmax(row.as_slice_mut().expect("rows are contiguous"));
        let root = (task.query.len().max(1) as f64).sqrt();
        let share = T::constant(1.0 / root);
        for &item in &task.query {
            loss -= share * row[item as usize].max(T::min_positive_value()).ln();
        }
        row.mapv_inplace(|p| p * T::constant(root));
        task.query.iter().for_each(|&item| row[item as usize] -= share);
    }
    (loss, slopes)
}

/// Scores become probabilities, in place.
fn softmax<T: Real>(scores: &mut [T]) {
    let highest = scores.iter().copied().fold(T::neg_infinity(), T::max);
    let mut sum = T::zero();
    for score in &mut *scores {
        *score = (*score - highest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score = *score / sum);
}
