//! The model reproduces an independent implementation: start, predictions, local update, meta-gradients, gradient norms.
//! One body for the native and the wasm build, in both precisions.

#[path = "golden/picks.rs"]
mod picks;
#[path = "golden/vectors.rs"]
mod vectors;

use fewclicks_model::adapt::meta::{Order, TaskUpdate, meta_gradient};
use fewclicks_model::adapt::{Feedback, implicit};
use fewclicks_model::ask::evidence::gradient_norms;
use fewclicks_model::math::scalar::Real;
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::forward::{forward, loss_gradient};
use fewclicks_model::network::task::Examples;
use vectors::Golden;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const DOUBLE: f64 = 1e-9;
const SINGLE: f64 = 1e-4;

#[test]
fn double_precision_agrees_to_1e_9() {
    Golden::all().iter().for_each(|golden| check::<f64>(golden, DOUBLE));
}

#[test]
fn single_precision_agrees_to_1e_4() {
    Golden::all().iter().for_each(|golden| check::<f32>(golden, SINGLE));
}

fn check<T: Real>(golden: &Golden, tolerance: f64) {
    for task in 0..golden.tasks.len() {
        let check = Check { golden, task, tolerance };
        check.start::<T>();
        match golden.update.feedback() {
            Feedback::Ratings => check.ratings::<T>(),
            Feedback::Picks => picks::check::<T>(&check),
        }
    }
}

/// Compares numbers with those expected of one task.
struct Check<'a> {
    golden: &'a Golden,
    task: usize,
    tolerance: f64,
}

impl Check<'_> {
    /// Assert that `got` differs from `expected` by no more than the tolerance, times the largest number where that
    /// exceeds 1.
    fn close<T: Real>(&self, what: &str, got: &[T], expected: &[f64]) {
        let name = format!("{}, task {}: {what}", self.golden.name, self.task);
        assert_eq!(got.len(), expected.len(), "{name}: length");
        let scale = expected.iter().fold(1.0f64, |max, x| max.max(x.abs()));
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            let got = got.to_f64().unwrap();
            let difference = (got - expected).abs() / scale;
            assert!(difference <= self.tolerance, "{name}[{i}] = {got}, expected {expected}");
        }
    }

    /// Return the parameters with the linear path where the task's user starts.
    fn started<T: Real>(&self) -> Vec<T> {
        let Golden { layout, tasks, .. } = self.golden;
        let mut theta = self.golden.parameters();
        implicit::apply(layout, &mut theta, &tasks[self.task].user, &tasks[self.task].support.items);
        theta
    }

    fn predictions<T: Real>(&self, theta: &[T]) -> Vec<T> {
        let Golden { layout, items, tasks, .. } = self.golden;
        forward(layout, theta, &tasks[self.task].user, items).prediction
    }

    fn start<T: Real>(&self) {
        let Golden { layout, .. } = self.golden;
        let started: Vec<T> = self.started();
        if layout.implicit_table().is_some() {
            self.close("start", &started[layout.offset(Scope::Linear)..], &self.golden.numbers(self.task, "start"));
        }
        let expected = self.golden.numbers(self.task, "prediction_before");
        self.close("prediction before", &self.predictions(&started), &expected);
    }

    fn ratings<T: Real>(&self) {
        let Golden { layout, update, .. } = self.golden;
        let task_update = |order| self.golden.task_update(order).expect("a local update on ratings");
        let task = &self.golden.tasks[self.task];
        let numbers = |key: &str| self.golden.numbers(self.task, key);
        let moved = |key: &str| self.golden.moved(self.task, key);
        let (theta, rates): (Vec<T>, Vec<T>) = (self.golden.parameters(), self.golden.rates());
        let started = self.started();
        let of_one = update.loss().expect("a loss of ratings");
        let loss = |theta: &[T], examples: &Examples, divisor: f64| {
            loss_gradient(layout, theta, &task.user, examples, of_one, divisor, 0).0
        };

        let support_loss = loss(&started, &task.support, self.golden.divisor(self.task));
        self.close("support loss", &[support_loss], &numbers("support_loss"));
        let mut adapted = theta.clone();
        task_update(Order::Second).apply(layout, &mut adapted, &rates, &task.user, &task.support);
        self.close("adapted", &adapted[layout.offset(update.scope())..], &moved("adapted"));
        self.close("prediction after", &self.predictions(&adapted), &numbers("prediction_after"));
        if task.support.labels.is_empty() {
            assert_eq!(adapted, started, "{}: without support nothing but the start moves", self.golden.name);
        }
        let queries = task.query.labels.len() as f64;
        self.close("query loss", &[loss(&adapted, &task.query, queries)], &numbers("query_loss"));

        for (order, name) in [(Order::Second, "second_order"), (Order::First, "first_order")] {
            // A closed form is always differentiated exactly.
            let update = task_update(order);
            let name = if update == TaskUpdate::Ridge { "second_order" } else { name };
            let meta = meta_gradient(layout, &theta, &rates, task, update);
            self.close("meta query loss", &[meta.query_loss], &numbers("query_loss"));
            self.close(name, &meta.parameters, &self.golden.tensors(self.task, &format!("meta_gradient_{name}")));
            self.close("rate gradient", &meta.rates, &moved(&format!("rate_gradient_{name}")));
        }

        let norms = gradient_norms(layout, &started, &task.user, &task.support, update);
        self.close("gradient norms", &norms, &numbers("gradient_norm_of_each_support_item"));
    }
}

#[test]
fn a_folded_model_agrees_to_1e_4() {
    for golden in Golden::all() {
        let Golden { layout, update, items, .. } = &golden;
        let scale = Scale { min: 1.0, max: 5.0, like: 4.0, dislike: 2.0 };
        let (theta, rates) = (golden.parameters(), golden.rates());
        let model = Model { layout: layout.clone(), theta, rates, update: *update, scale, readout: None };
        let (model, items) = model.fold(items).unwrap();
        for (index, task) in golden.tasks.iter().enumerate() {
            let check = Check { golden: &golden, task: index, tolerance: SINGLE };
            let positions = task.support.items.bias.iter().map(|&i| i as usize);
            let support = Examples { items: items.select(positions), labels: task.support.labels.clone() };
            let after = golden.numbers(index, "prediction_after").into_iter();
            let rating = |y: f64| update.loss().map_or(y, |loss| scale.rating(y as f32, loss).into());
            let expected: Vec<f64> = after.map(rating).collect();
            let predictions = model.predict(&task.user, support.clone(), items.clone());
            check.close("folded prediction after", &predictions, &expected);
            if update.scope() != Scope::All {
                let adapted = model.adapt(&task.user, support, Examples::none(&model.layout).items);
                let moved = &adapted.theta[adapted.layout.offset(update.scope())..];
                check.close("folded adapted", moved, &golden.moved(index, "adapted"));
            }
        }
    }
}

#[test]
fn picks_of_several_users_are_differentiated_together() {
    for golden in Golden::all().iter().filter(|golden| golden.update.feedback() == Feedback::Picks) {
        picks::check_together::<f64>(golden, DOUBLE);
        picks::check_together::<f32>(golden, SINGLE);
    }
}
