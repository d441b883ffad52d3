//! The meta-gradient of picks agrees with central differences, and the update in training with that of a device.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "its tasks are of ratings")]
mod random;

use fewclicks_model::adapt::softmax::{self, Choice, PickTask, PicksGradient};
use fewclicks_model::adapt::{LocalUpdate, Softmax};
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::architecture::{Architecture, Field};
use fewclicks_model::network::layout::Layout;
use ndarray::{Array1, Array2};
use random::Random;

const ITEMS: usize = 7;
const WIDTH: usize = 3;
const UPDATE: Softmax = Softmax { steps: 3, kappa: 1.5 };

/// Return a user with two picks, one without any, and one with a single pick.
fn tasks() -> Vec<PickTask> {
    let task = |support: &[u32], query: &[u32]| PickTask { support: support.into(), query: query.into() };
    vec![task(&[0, 3], &[1, 5, 6]), task(&[], &[2]), task(&[4], &[0, 1])]
}

/// Return V, b, starts and α one after the other.
fn parameters() -> Vec<f64> {
    let mut random = Random(5);
    (0..ITEMS * WIDTH + ITEMS + 3 * WIDTH + WIDTH).map(|_| random.between(-0.8, 0.9)).collect()
}

fn gradient(parameters: &[f64]) -> PicksGradient<f64> {
    let (vectors, rest) = parameters.split_at(ITEMS * WIDTH);
    let (bias, rest) = rest.split_at(ITEMS);
    let (starts, rates) = rest.split_at(3 * WIDTH);
    let choice = Choice {
        vectors: Array2::from_shape_vec((ITEMS, WIDTH), vectors.into()).unwrap(),
        bias: Array1::from(bias.to_vec()),
    };
    let starts = Array2::from_shape_vec((3, WIDTH), starts.into()).unwrap();
    softmax::meta_gradient(&choice, starts, rates, UPDATE, &tasks())
}

#[test]
fn the_meta_gradient_agrees_with_central_differences() {
    let at = parameters();
    let PicksGradient { vectors, bias, linear_paths: starts, rates, .. } = gradient(&at);
    let all = vectors.iter().chain(&bias).chain(&starts).chain(&rates).copied();
    for (i, got) in all.enumerate() {
        let moved = |h: f64| {
            let mut moved = at.clone();
            moved[i] += h;
            gradient(&moved).query_loss
        };
        let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        assert!((got - expected).abs() < 1e-7 * (1.0 + expected.abs()), "[{i}] = {got}, expected {expected}");
        // A derivative of zero would pass without code for it.
        assert!(expected.abs() > 1e-6, "[{i}] has no effect");
    }
}

#[test]
fn training_and_device_have_the_same_query_loss() {
    let at = parameters();
    let layout = Layout::new(Architecture {
        item_fields: vec![Field::new("item", ITEMS, WIDTH)],
        user_fields: Vec::new(),
        hidden: Vec::new(),
        linear: true,
        item_bias: Some(ITEMS),
        implicit: None,
    })
    .unwrap();
    let update = LocalUpdate::Softmax(UPDATE);
    let scale = Scale { min: 0.0, max: 1.0, like: 1.0, dislike: 0.0 };
    let single = |numbers: &[f64]| numbers.iter().map(|&x| x as f32).collect::<Vec<_>>();
    let rates = single(&at[at.len() - WIDTH..]);
    let mut loss = 0.0;
    for (user, task) in tasks().iter().enumerate() {
        let mut theta = vec![0.0];
        theta.extend(single(&at[ITEMS * WIDTH..][..ITEMS]));
        theta.extend(single(&at[..ITEMS * WIDTH]));
        let mut w = single(&at[ITEMS * WIDTH + ITEMS..][user * WIDTH..][..WIDTH]);
        theta.extend(&w);
        let model = Model { layout: layout.clone(), theta, rates: rates.clone(), update, scale, readout: None };
        UPDATE.apply(&model.folded_items(), &mut w, &rates, &task.support);
        let score = |item: usize| {
            at[ITEMS * WIDTH + item] + (0..WIDTH).map(|d| at[item * WIDTH + d] * f64::from(w[d])).sum::<f64>()
        };
        let open = (0..ITEMS).filter(|&item| !task.support.contains(&(item as u32)));
        let log_sum = open.map(|item| score(item).exp()).sum::<f64>().ln();
        let query = task.query.iter().map(|&item| log_sum - score(item as usize));
        loss += query.sum::<f64>() / (task.query.len() as f64).sqrt();
    }
    let trained = gradient(&at).query_loss;
    assert!((loss - trained).abs() < 1e-5, "{loss} on the device, {trained} in training");
}
