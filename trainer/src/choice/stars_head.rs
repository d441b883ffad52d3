//! A second head, in training only: the stars that a user gives to the items of the query set.
//!
//! It expects μ + b'_i + (A·o)·V_i + c·o stars of an item, with o = h + u. What a user likes among what they chose shapes the
//! vectors; stars that are shown come from the stars half.

use super::items::add;
use super::net::Net;
use super::tasks::Task;
use fewclicks_model::math::scalar::Real;
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rayon::prelude::*;
use std::ops::Range;

/// The expectations of a batch.
#[derive(Debug)]
pub struct StarsHead<S> {
    /// A·o, (users × width).
    directions: Array2<S>,
    /// By user and item of the query set, twice the weighted error.
    slopes: Vec<Vec<S>>,
    /// The weighted mean squared error.
    pub loss: S,
}

impl<S: Real> StarsHead<S> {
    /// Expect the stars of all query sets, for `users` o.
    pub fn new(net: &Net<S>, tasks: &[Task], users: &Array2<S>) -> Self {
        let layout = net.layout;
        let directions = S::matmul(users.view(), matrix(net).t());
        let bias = &net.theta[layout.star_bias.clone()];
        let tilt = ArrayView1::from(&net.theta[layout.star_tilt.clone()]);
        let part = |(user, task): (usize, &Task)| {
            let share = S::constant(f64::from(layout.star_weight * task.weight) / task.rated.len().max(1) as f64);
            let offset = S::constant(layout.star_mean.into()) + tilt.dot(&users.row(user));
            let mut loss = S::zero();
            let slope = |&(item, stars): &(u32, u8)| {
                let product = directions.row(user).dot(&ArrayView1::from(net.row(0, item)));
                let error = offset + bias[item as usize] + product - S::constant(stars.into());
                loss += share * error * error;
                share * error + share * error
            };
            (task.rated.iter().map(slope).collect(), loss)
        };
        let (slopes, losses): (Vec<_>, Vec<S>) = tasks.par_iter().enumerate().map(|(k, task)| part((k, task))).unzip();
        Self { directions, slopes, loss: losses.into_iter().fold(S::zero(), |sum, loss| sum + loss) }
    }

    /// Add the derivatives by the vectors of a block.
    pub fn reverse_vectors(&self, tasks: &[Task], block: &Range<usize>, d_vectors: &mut [S]) {
        let width = self.directions.ncols();
        for ((task, slopes), direction) in tasks.iter().zip(&self.slopes).zip(self.directions.axis_iter(Axis(0))) {
            let direction = direction.to_slice().expect("row-major");
            let index = |position: usize| task.rated.partition_point(|&(item, _)| (item as usize) < position);
            let range = index(block.start)..index(block.end);
            for (&(item, _), &slope) in task.rated[range.clone()].iter().zip(&slopes[range]) {
                let row = item as usize - block.start;
                add(&mut d_vectors[row * width..][..width], slope, direction);
            }
        }
    }

    /// Add the derivatives by o to `d_users`, and those by the head's own parameters to `gradient`.
    pub fn reverse(
        &self,
        net: &Net<S>,
        tasks: &[Task],
        users: &Array2<S>,
        d_users: &mut Array2<S>,
        gradient: &mut [S],
    ) {
        let layout = net.layout;
        let direction = |(task, slopes): (&Task, &Vec<S>)| {
            let mut sum = vec![S::zero(); layout.width];
            task.rated.iter().zip(slopes).for_each(|(&(item, _), &slope)| add(&mut sum, slope, net.row(0, item)));
            sum
        };
        let d_directions: Vec<Vec<S>> = tasks.par_iter().zip(&self.slopes).map(direction).collect();
        let d_directions =
            Array2::from_shape_vec(users.raw_dim(), d_directions.concat()).expect("users × width numbers");
        S::add_product(d_directions.view(), matrix(net), d_users.view_mut());
        let d_matrix = S::matmul(d_directions.t(), users.view());
        add(&mut gradient[layout.star_matrix.clone()], S::one(), d_matrix.as_slice().expect("row-major"));
        let tilt = &net.theta[layout.star_tilt.clone()];
        for (k, (task, slopes)) in tasks.iter().zip(&self.slopes).enumerate() {
            let sum = slopes.iter().fold(S::zero(), |sum, &slope| sum + slope);
            add(d_users.row_mut(k).into_slice().expect("row-major"), sum, tilt);
            add(&mut gradient[layout.star_tilt.clone()], sum, users.row(k).to_slice().expect("row-major"));
            let d_bias = &mut gradient[layout.star_bias.clone()];
            task.rated.iter().zip(slopes).for_each(|(&(item, _), &slope)| d_bias[item as usize] += slope);
        }
    }
}

/// Return A, (width × width).
fn matrix<'a, S: Real>(net: &Net<'a, S>) -> ArrayView2<'a, S> {
    let width = net.layout.width;
    ArrayView2::from_shape((width, width), &net.theta[net.layout.star_matrix.clone()]).expect("width² numbers")
}
