//! Mean gradient norms of items over training users.

use super::halves::Move;
use crate::encode::Encoded;
use crate::train::Trained;
use fewclicks_model::adapt::implicit;
use fewclicks_model::ask::evidence::gradient_norms;
use fewclicks_model::model::Model;
use fewclicks_model::network::forward as network;
use fewclicks_model::network::submodel::Submodel;
use fewclicks_model::network::task::{Examples, Items, Task};
use rayon::prelude::*;

/// Lower bound of the loss that norms are divided by.
const MIN_LOSS: f32 = 1e-12;

/// Compute for each item the mean, over the training users who rated it, of the norm of that rating's own gradient at
/// the initial parameters. If `unit`, each norm is divided by the rating's loss.
pub fn mean_norms(model: &Trained, encoded: &Encoded, unit: bool) -> Vec<f64> {
    let users: Vec<usize> = (0..encoded.users.len()).filter(|&user| !encoded.ratings[user].is_empty()).collect();
    let of_one = match model {
        Trained::Network(_) => Vec::new(),
        Trained::Halves(halves) => Move::of_items(halves),
    };
    let norms = users.par_iter().map(|&user| match model {
        Trained::Network(model) => user_norms(model, encoded, user, unit),
        Trained::Halves(halves) => {
            let norm = |&(item, rating): &(u32, f32)| of_one[item as usize].norm(halves, rating, unit);
            encoded.ratings[user].iter().map(norm).collect()
        }
    });
    let norms: Vec<Vec<f32>> = norms.collect();
    let mut sums = vec![0.0; encoded.popularity.len()];
    for (&user, norms) in users.iter().zip(&norms) {
        for (&(item, _), &norm) in encoded.ratings[user].iter().zip(norms) {
            sums[item as usize] += f64::from(norm);
        }
    }
    sums.iter().zip(&encoded.popularity).map(|(sum, &count)| sum / f64::from(count.max(1))).collect()
}

fn user_norms(model: &Model, encoded: &Encoded, user: usize, unit: bool) -> Vec<f32> {
    let ratings: Vec<(usize, f32)> =
        encoded.ratings[user].iter().map(|&(item, rating)| (item as usize, rating)).collect();
    let support = model.support(&encoded.items, &ratings);
    let mut task = Task { user: encoded.users[user].clone(), support, query: Examples::none(&model.layout) };
    let part = Submodel::new(&model.layout, &mut task);
    let mut theta = part.take(&model.theta, 0);
    implicit::apply(&part.layout, &mut theta, &task.user, &Items::default());
    let Task { user, support, .. } = &task;
    let mut norms = gradient_norms(&part.layout, &theta, user, support, &model.update);
    if unit {
        let pass = network::forward(&part.layout, &theta, user, &support.items);
        for ((norm, &y), &label) in norms.iter_mut().zip(&pass.prediction).zip(&support.labels) {
            let loss = model.update.loss().map_or(-y * label, |loss| loss.value(y, label));
            *norm /= loss.max(MIN_LOSS);
        }
    }
    norms
}
