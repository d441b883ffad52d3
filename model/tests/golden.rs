//! The model reproduces an independent implementation: predictions, local update, meta-gradients, gradient norms.
//! One body for the native and the wasm build, in both precisions.

#[path = "golden/vectors.rs"]
mod vectors;

use fewclicks_model::adapt::meta::{Order, meta_gradient};
use fewclicks_model::ask::evidence::gradient_norms;
use fewclicks_model::math::scalar::Real;
use fewclicks_model::network::forward::{forward, loss_gradient};
use vectors::Golden;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn double_precision_agrees_to_1e_9() {
    Golden::all().iter().for_each(|golden| check::<f64>(golden, 1e-9));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn single_precision_agrees_to_1e_4() {
    Golden::all().iter().for_each(|golden| check::<f32>(golden, 1e-4));
}

fn check<T: Real>(golden: &Golden, tolerance: f64) {
    let Golden { layout, update, steps, task, .. } = golden;
    let theta: Vec<T> = golden.parameters();
    let rates: Vec<T> = golden.rates();
    let close = |what: &str, got: &[T], expected: &[f64]| {
        assert_eq!(got.len(), expected.len(), "{}: {what}: length", golden.name);
        let scale = expected.iter().fold(1.0f64, |max, x| max.max(x.abs()));
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            let got = got.to_f64().unwrap();
            let difference = (got - expected).abs() / scale;
            assert!(difference <= tolerance, "{}: {what}[{i}] = {got}, expected {expected}", golden.name);
        }
    };
    let predictions = |theta: &[T]| forward(layout, theta, &task.user, &golden.items).prediction.to_vec();

    close("prediction before", &predictions(&theta), &golden.numbers("prediction_before"));

    let support_loss = steps.loss(layout, &task.user, &task.support, update.loss, 0).at(&theta);
    close("support loss", &[support_loss], &golden.numbers("support_loss"));
    let mut adapted = theta.clone();
    update.apply(layout, &mut adapted, &rates, &task.user, &task.support);
    close("adapted", &adapted[layout.start(update.scope)..], &golden.moved("adapted"));
    close("prediction after", &predictions(&adapted), &golden.numbers("prediction_after"));
    let queries = task.query.labels.len() as f64;
    let (query_loss, _) = loss_gradient(layout, &adapted, &task.user, &task.query, update.loss, queries, 0);
    close("query loss", &[query_loss], &golden.numbers("query_loss"));

    for (order, name) in [(Order::Second, "second_order"), (Order::First, "first_order")] {
        let meta = meta_gradient(layout, &theta, &rates, task, update, order);
        close(name, &meta.parameters, &golden.tensors(&format!("meta_gradient_{name}")));
        if order == Order::Second {
            close("rate gradient", &meta.rates, &golden.moved("rate_gradient_second_order"));
        }
    }

    let norms = gradient_norms(layout, &theta, &task.user, &task.support, update.loss, update.scope);
    close("gradient norms", &norms, &golden.numbers("gradient_norm_of_each_support_item"));
}
