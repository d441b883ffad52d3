//! The reverse pass of a batch.

use super::forward::{Forward, answer_scale, count_row, within};
use super::items::{ItemRows, add};
use super::net::{BLOCK, Net};
use super::number::Number;
use super::tasks::Task;
use crate::ranks;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis};
use rayon::prelude::*;

/// Derivatives by the folded vectors and biases, and by all else. Each rank has those by the items of its own blocks; the others
/// are completed in the end.
struct Gradient<S> {
    /// By the item vectors, (items × width).
    vectors: Vec<S>,
    /// By the biases, (items).
    bias: Vec<S>,
    /// By the parameters that are not of item tables.
    rest: Vec<S>,
}

impl<S: Number> Gradient<S> {
    /// Return the derivatives by vectors and biases of each of this rank's blocks.
    fn own_blocks(&mut self, net: &Net<S>) -> impl IndexedParallelIterator<Item = (&mut [S], &mut [S])> {
        let (own, width) = (net.own_items(), net.layout.width);
        let vectors = self.vectors[own.start * width..own.end * width].par_chunks_mut(BLOCK * width);
        vectors.zip(self.bias[own].par_chunks_mut(BLOCK))
    }
}

/// Return the weighted cross-entropy of `tasks` and its derivatives by all parameters.
pub fn loss_gradient<S: Number>(net: &Net<S>, items: &ItemRows, tasks: &[Task]) -> (S, Vec<S>) {
    let layout = net.layout;
    let forward = Forward::new(net, tasks);
    let mut gradient = Gradient {
        vectors: vec![S::zero(); net.vectors.len()],
        bias: vec![S::zero(); net.bias.len()],
        rest: vec![S::zero(); layout.len],
    };
    let d_user = reverse_loss(net, &forward, tasks, &mut gradient);
    reverse_at_once(net, tasks, &d_user, &mut gradient);
    let mut d_chosen = Array2::zeros(d_user.raw_dim());
    let mut d_totals = vec![S::zero(); tasks.len()];
    let means = forward.second_mean.view();
    let mut d_means = Array2::zeros(d_user.raw_dim());
    let sums = &mut (&mut d_chosen, &mut d_totals, &mut d_means);
    reverse_step(net, &forward, tasks, (1, means), &d_user, sums, &mut gradient);
    let mut d_stepped = reverse_softmax(net, &forward, &d_means, &mut gradient);
    d_stepped += &d_user;
    let mean = ArrayView2::from_shape((1, layout.width), &forward.first_mean).expect("width numbers");
    let sums = &mut (&mut d_chosen, &mut d_totals, &mut d_means);
    sums.2.fill(S::zero());
    reverse_step(net, &forward, tasks, (0, mean), &d_stepped, sums, &mut gradient);
    let sum_rows = |rows: &Array2<S>| rows.sum_axis(Axis(0)).to_vec();
    add(&mut gradient.rest[layout.start.clone()], S::one(), &sum_rows(&d_stepped));
    reverse_first_softmax(net, &forward, &sum_rows(&d_means), &mut gradient);
    reverse_chosen(net, tasks, &d_chosen, &d_totals, &mut gradient);
    let Gradient { mut vectors, mut bias, mut rest } = gradient;
    let own = net.own_items();
    ranks::complete(&mut vectors, own.start * layout.width..own.end * layout.width);
    ranks::complete(&mut bias, own);
    items.reverse(&layout.vectors, &vectors, &mut rest);
    items.reverse(&layout.bias, &bias, &mut rest);
    (forward.loss, rest)
}

/// Differentiate the loss, and return its derivatives by h + u.
fn reverse_loss<S: Number>(
    net: &Net<S>,
    forward: &Forward<S>,
    tasks: &[Task],
    gradient: &mut Gradient<S>,
) -> Array2<S> {
    let width = net.layout.width;
    let blocks = net.own_blocks();
    let vectors = gradient.own_blocks(net);
    let chances = forward.last.blocks.par_iter().zip(forward.last.own_factors());
    let parts: Vec<Array2<S>> = blocks
        .par_iter()
        .zip(chances)
        .zip(vectors)
        .map(|((block, (chances, factors)), (d_vectors, d_bias))| {
            let mut d_scores = chances.clone();
            for ((task, mut row), &factor) in tasks.iter().zip(d_scores.axis_iter_mut(Axis(0))).zip(factors) {
                let weight = S::constant(task.weight.into());
                row.mapv_inplace(|x| x * factor * weight);
                for &(item, share) in within(&task.target, block) {
                    row[item as usize - block.start] -= weight * S::constant(share.into());
                }
                add(d_bias, S::one(), row.as_slice().expect("row-major"));
            }
            S::add_product(d_scores.t(), forward.user.view(), rows_mut(d_vectors, width));
            S::matmul(d_scores.view(), net.block(block))
        })
        .collect();
    let mut d_user = Array2::zeros(forward.user.raw_dim());
    ranks::gather(parts).iter().for_each(|part| d_user += part);
    d_user
}

/// Differentiate h.
fn reverse_at_once<S: Number>(net: &Net<S>, tasks: &[Task], d_user: &Array2<S>, gradient: &mut Gradient<S>) {
    let layout = net.layout;
    let width = layout.width;
    for (task, d) in tasks.iter().zip(d_user.axis_iter(Axis(0))) {
        let d = d.to_slice().expect("row-major");
        let d_answer: Vec<S> = d.iter().map(|&x| x * answer_scale(task)).collect();
        for &(item, level) in &task.support {
            let level = usize::from(level);
            let (row, gates) = (net.vector(item), net.part(&layout.gates, level));
            let d_row = &mut gradient.vectors[item as usize * width..][..width];
            let d_gates = &mut gradient.rest[layout.gates.clone()][level * width..][..width];
            for i in 0..width {
                d_row[i] += d_answer[i] * gates[i];
                d_gates[i] += d_answer[i] * row[i];
            }
            add(&mut gradient.rest[layout.answer.clone()][level * width..][..width], S::one(), &d_answer);
        }
        add(&mut gradient.rest[layout.count.clone()][count_row(task) * width..][..width], S::one(), d);
        for (range, rows) in layout.users.iter().zip(&task.user) {
            for &row in rows {
                add(&mut gradient.rest[range.clone()][row as usize * width..][..width], S::one(), d);
            }
        }
    }
}

/// Differentiate a step with respect to all but the u that it started from, given the derivatives by the u after it. `sums`
/// are the derivatives by Σ w[s]·V_j, by Σ w[s] and by Vᵀp of each user, which are added to.
fn reverse_step<S: Number>(
    net: &Net<S>,
    forward: &Forward<S>,
    tasks: &[Task],
    (step, means): (usize, ArrayView2<S>),
    d_after: &Array2<S>,
    (d_chosen, d_totals, d_means): &mut (&mut Array2<S>, &mut Vec<S>, &mut Array2<S>),
    gradient: &mut Gradient<S>,
) {
    let layout = net.layout;
    let width = layout.width;
    let rates = net.rates(step);
    let by_raw_kappa = net.theta[layout.kappa].sigmoid();
    for (k, task) in tasks.iter().enumerate() {
        let scale = net.step_scale(task.support.len());
        let (total, mean) = (forward.totals[k], means.row(k.min(means.nrows() - 1)));
        let mut d_scale = S::zero();
        for i in 0..width {
            let direction = forward.chosen[[k, i]] - total * mean[i];
            let d = d_after[[k, i]];
            gradient.rest[layout.rates.start + step * width + i] += d * direction * scale * net.rate_scale();
            d_scale += d * direction * rates[i];
            let d_direction = d * rates[i] * scale;
            d_chosen[[k, i]] += d_direction;
            d_totals[k] -= d_direction * mean[i];
            d_means[[k, i]] -= d_direction * total;
        }
        gradient.rest[layout.kappa] -= d_scale * scale * scale * by_raw_kappa;
    }
}

/// Differentiate Vᵀ·softmax(V·u + b) by V, b and u, and return the derivatives by u. A score's derivative is
/// p·(V_i·d − mean·d).
fn reverse_softmax<S: Number>(
    net: &Net<S>,
    forward: &Forward<S>,
    d_means: &Array2<S>,
    gradient: &mut Gradient<S>,
) -> Array2<S> {
    let width = net.layout.width;
    let products: Vec<S> = d_means.outer_iter().zip(forward.second_mean.outer_iter()).map(|(d, m)| d.dot(&m)).collect();
    let vectors = gradient.own_blocks(net);
    let chances = forward.second.blocks.par_iter().zip(forward.second.own_factors());
    let blocks = net.own_blocks();
    let parts: Vec<Array2<S>> = blocks
        .par_iter()
        .zip(chances)
        .zip(vectors)
        .map(|((block, (chances, factors)), (d_vectors, d_bias))| {
            let mut d_scores = S::matmul(d_means.view(), net.block(block).t());
            let mut chances = chances.clone();
            let rows =
                d_scores.axis_iter_mut(Axis(0)).zip(chances.axis_iter_mut(Axis(0))).zip(factors.iter().zip(&products));
            for ((d_row, p_row), (&factor, &product)) in rows {
                let (d_row, p_row) = (d_row.into_slice().expect("row-major"), p_row.into_slice().expect("row-major"));
                for ((d, p), d_bias) in d_row.iter_mut().zip(p_row).zip(&mut *d_bias) {
                    *p = *p * factor;
                    *d = *p * (*d - product);
                    *d_bias += *d;
                }
            }
            S::add_product(chances.t(), d_means.view(), rows_mut(d_vectors, width));
            S::add_product(d_scores.t(), forward.stepped.view(), rows_mut(d_vectors, width));
            S::matmul(d_scores.view(), net.block(block))
        })
        .collect();
    let mut d_stepped = Array2::zeros(d_means.raw_dim());
    ranks::gather(parts).iter().for_each(|part| d_stepped += part);
    d_stepped
}

/// As [`reverse_softmax`], of the first step, which all users share: `d_mean` is summed over users.
fn reverse_first_softmax<S: Number>(net: &Net<S>, forward: &Forward<S>, d_mean: &[S], gradient: &mut Gradient<S>) {
    let width = net.layout.width;
    let start = &net.theta[net.layout.start.clone()];
    let dot = |a: &[S], b: &[S]| ArrayView1::from(a).dot(&ArrayView1::from(b));
    let product = dot(d_mean, &forward.first_mean);
    let mut d_start = vec![S::zero(); width];
    for (item, (&p, d_row)) in forward.first.iter().zip(gradient.vectors.chunks_exact_mut(width)).enumerate() {
        let row = net.vector(item as u32);
        let d_score = p * (dot(row, d_mean) - product);
        add(d_row, p, d_mean);
        add(d_row, d_score, start);
        add(&mut d_start, d_score, row);
        gradient.bias[item] += d_score;
    }
    add(&mut gradient.rest[net.layout.start.clone()], S::one(), &d_start);
}

/// Differentiate Σ w[s]·V_j and Σ w[s].
fn reverse_chosen<S: Number>(
    net: &Net<S>,
    tasks: &[Task],
    d_chosen: &Array2<S>,
    d_totals: &[S],
    gradient: &mut Gradient<S>,
) {
    let width = net.layout.width;
    for ((task, d), &d_total) in tasks.iter().zip(d_chosen.axis_iter(Axis(0))).zip(d_totals) {
        let d = d.to_slice().expect("row-major");
        for &(item, level) in &task.support {
            let weight = net.layout.weights.start + usize::from(level);
            let product = ArrayView1::from(net.vector(item)).dot(&ArrayView1::from(d));
            gradient.rest[weight] += product + d_total;
            add(&mut gradient.vectors[item as usize * width..][..width], net.theta[weight], d);
        }
    }
}

/// Return row-major `numbers` as a matrix of rows of this width.
fn rows_mut<S>(numbers: &mut [S], width: usize) -> ArrayViewMut2<'_, S> {
    ArrayViewMut2::from_shape((numbers.len() / width, width), numbers).expect("whole rows")
}
