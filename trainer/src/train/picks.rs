//! The global update from picks: all users of a batch choose from the same catalogue, so its item vectors are computed
//! once for all of them.

use crate::ranks;
use crate::train::batch_gradient::BatchGradient;
use crate::train::tasks::{Draw, Place, TaskSource};
use fewclicks_model::adapt::Softmax;
use fewclicks_model::adapt::implicit;
use fewclicks_model::adapt::softmax::{Choice, PickTask, PicksGradient, meta_gradient};
use fewclicks_model::model::Model;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::embedding;
use fewclicks_model::network::task::Items;
use ndarray::{Array1, Array2, Axis};
use serde::{Deserialize, Serialize};

/// Users whose scores for the whole catalogue are held at a time; fixed, so that sums do not depend on the number of
/// threads.
const TOGETHER: usize = 32;

/// The derivatives of the query losses of `users`, after the local update of `model` by `update`.
pub fn batch_gradient(
    model: &Model,
    update: Softmax,
    source: &TaskSource,
    users: &[u32],
    place: Place,
) -> BatchGradient {
    let catalogue = source.catalogue(place);
    let choice = choice(model, &catalogue);
    let differentiate = |chunk: usize| {
        let users = users.chunks(TOGETHER).nth(chunk).expect("a chunk of the batch");
        let draws: Vec<Draw> = users.iter().map(|&user| source.draw(user, place)).collect();
        let tasks: Vec<PickTask> = draws.iter().map(pick_task).collect();
        let starts = starts(model, &catalogue, &draws);
        PartGradient::new(draws, meta_gradient(&choice, starts, &model.rates, update, &tasks))
    };
    let parts = ranks::map(users.len().div_ceil(TOGETHER), differentiate);
    let mut sum = BatchGradient::zero(model);
    let mut d_vectors = Array2::zeros(choice.vectors.raw_dim());
    let linear = model.layout.offset(Scope::Linear);
    for gradient in &parts {
        sum.loss += f64::from(gradient.query_loss);
        d_vectors += &gradient.vectors;
        if let Some((_, bias)) = model.layout.bias() {
            for (&row, &d) in catalogue.bias.iter().zip(&gradient.bias) {
                sum.parameters[bias.start + row as usize] += d;
            }
        }
        sum.rates.iter_mut().zip(&gradient.rates).for_each(|(sum, &d)| *sum += d);
        for (draw, d_start) in gradient.draws.iter().zip(gradient.linear_paths.outer_iter()) {
            let d_start = d_start.to_vec();
            sum.parameters[linear..].iter_mut().zip(&d_start).for_each(|(sum, &d)| *sum += d);
            implicit::reverse(&model.layout, &draw.user, &support(&catalogue, draw), &d_start, &mut sum.parameters);
        }
    }
    embedding::items_reverse(&model.layout, &catalogue.fields, &d_vectors, &mut sum.parameters, 0);
    sum
}

/// The draws of users whose scores are held together, and the derivatives of their query losses ([`PicksGradient`]).
#[derive(Serialize, Deserialize)]
struct PartGradient {
    draws: Vec<Draw>,
    query_loss: f32,
    vectors: Array2<f32>,
    bias: Array1<f32>,
    linear_paths: Array2<f32>,
    rates: Array1<f32>,
}

impl PartGradient {
    fn new(draws: Vec<Draw>, gradient: PicksGradient<f32>) -> Self {
        let PicksGradient { query_loss, vectors, bias, linear_paths, rates } = gradient;
        Self { draws, query_loss, vectors, bias, linear_paths, rates }
    }
}

fn choice(model: &Model, catalogue: &Items) -> Choice<f32> {
    let bias = match model.layout.bias() {
        Some((_, items)) => catalogue.bias.iter().map(|&row| model.theta[items.start + row as usize]).collect(),
        None => Array1::zeros(catalogue.len()),
    };
    Choice { vectors: embedding::items(&model.layout, &model.theta, &catalogue.fields), bias }
}

fn pick_task(draw: &Draw) -> PickTask {
    let positions = |picks: &[(u32, f32)]| picks.iter().map(|&(item, _)| item).collect();
    PickTask { support: positions(&draw.support), query: positions(&draw.query) }
}

/// The linear path of each user before the local update, (users × width).
fn starts(model: &Model, catalogue: &Items, draws: &[Draw]) -> Array2<f32> {
    let mut starts = Array2::zeros((draws.len(), model.layout.item_width));
    for (mut row, draw) in starts.axis_iter_mut(Axis(0)).zip(draws) {
        let start = implicit::linear_path(&model.layout, &model.theta, &draw.user, &support(catalogue, draw));
        row.assign(&Array1::from(start));
    }
    starts
}

/// The support's items as a start reads them: by their own rows.
fn support(catalogue: &Items, draw: &Draw) -> Items {
    let bias = draw.support.iter().map(|&(item, _)| catalogue.bias[item as usize]).collect();
    Items { fields: Vec::new(), bias }
}
