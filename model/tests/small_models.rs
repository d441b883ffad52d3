//! Optimised computations agree with direct ones: the part of a model that a task touches, a folded catalogue, and
//! gradient norms without gradients.
#![cfg(not(target_arch = "wasm32"))]

mod random;

use fewclicks_model::adapt::meta::{Order, TaskUpdate, meta_gradient};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates};
use fewclicks_model::ask::evidence::gradient_norms;
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::forward::loss_gradient;
use fewclicks_model::network::layout::Layout;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::submodel::Submodel;
use fewclicks_model::network::task::{Examples, Items, Task};
use proptest::prelude::*;
use random::Random;

proptest! {
    #[test]
    fn a_submodel_has_the_whole_ones_gradients((layout, update) in models(), seed: u64) {
        let (scope, loss) = scope_and_loss(update);
        let mut random = Random(seed);
        let theta = random.parameters(&layout);
        let start = layout.offset(scope);
        let rates = random.rates(layout.len() - start);
        let task = random.task(&layout, loss);
        let whole = meta_gradient(&layout, &theta, &rates, &task, update);
        let gradient = |layout: &Layout, theta: &[f64], task: &Task| {
            loss_gradient(layout, theta, &task.user, &task.support, loss, 7.0, 0)
        };
        let (whole_loss, whole_gradient) = gradient(&layout, &theta, &task);

        let mut task = task;
        let submodel = Submodel::new(&layout, &mut task);
        let small = &submodel.layout;
        let (theta, rates) = (submodel.take(&theta, 0), submodel.take(&rates, start));
        let meta = meta_gradient(small, &theta, &rates, &task, update);
        let (small_loss, gradient) = gradient(small, &theta, &task);

        let spread = |small: &[f64], start: usize| {
            let mut whole = vec![0.0; layout.len() - start];
            submodel.add(&mut whole, start, small);
            whole
        };
        close("loss", &[small_loss, meta.query_loss], &[whole_loss, whole.query_loss], 1e-12)?;
        close("gradient", &spread(&gradient, 0), &whole_gradient, 1e-12)?;
        close("meta-gradient", &spread(&meta.parameters, 0), &whole.parameters, 1e-12)?;
        close("rates", &spread(&meta.rates, start), &whole.rates, 1e-12)?;
    }

    #[test]
    fn a_folded_model_predicts_the_same((layout, update) in models(), seed: u64) {
        let (scope, loss) = scope_and_loss(update);
        let mut random = Random(seed);
        let single = |numbers: Vec<f64>| numbers.into_iter().map(|x| x as f32).collect::<Vec<_>>();
        let model = Model {
            theta: single(random.parameters(&layout)),
            rates: single(random.rates(layout.len() - layout.offset(scope))),
            layout,
            update: update.into(),
            scale: Scale { min: 1.0, max: 5.0, like: 4.0, dislike: 2.0 },
            readout: None,
        };
        let catalogue = random.items(&model.layout, 9);
        let user = random.user(&model.layout);
        let labels = random.examples(&catalogue, &[4, 0, 7], loss).labels;
        let (folded, folded_catalogue) = model.fold(&catalogue).unwrap();
        prop_assert_eq!(folded_catalogue.len(), catalogue.len());
        let predict = |model: &Model, catalogue: &Items| {
            let support = Examples { items: catalogue.select([4, 0, 7].into_iter()), labels: labels.clone() };
            let predictions = model.predict(&user, support, catalogue.clone());
            predictions.into_iter().map(f64::from).collect::<Vec<_>>()
        };
        close("prediction", &predict(&folded, &folded_catalogue), &predict(&model, &catalogue), 1e-5)?;
    }

    #[test]
    fn gradient_norms_are_those_of_each_examples_own_gradient((layout, update) in models(), seed: u64) {
        let (scope, loss) = scope_and_loss(update);
        let mut random = Random(seed);
        let theta = random.parameters(&layout);
        let user = random.user(&layout);
        let catalogue = random.items(&layout, 6);
        let positions = [0, 1, 2, 3, 4, 5];
        let examples = random.examples(&catalogue, &positions, loss);
        let norms = gradient_norms(&layout, &theta, &user, &examples, &update.into());
        let plain = positions.map(|i| {
            let items = examples.items.select([i].into_iter());
            let alone = Examples { items, labels: vec![examples.labels[i]] };
            let from = layout.offset(scope);
            let (_, gradient) = loss_gradient(&layout, &theta, &user, &alone, loss, 1.0, from);
            gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
        });
        close("norm", &norms, &plain, 1e-12)?;
    }
}

/// Assert that `got` differs from `expected` by no more than `tolerance`, times the largest number where that exceeds 1.
fn close(what: &str, got: &[f64], expected: &[f64], tolerance: f64) -> Result<(), TestCaseError> {
    prop_assert_eq!(got.len(), expected.len(), "{}: length", what);
    let largest = expected.iter().fold(1.0, |largest: f64, x| largest.max(x.abs()));
    for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
        let near = (got - expected).abs() <= tolerance * largest;
        prop_assert!(near, "{}[{}] = {}, expected {}", what, i, got, expected);
    }
    Ok(())
}

fn scope_and_loss(update: TaskUpdate) -> (Scope, Loss) {
    let update = LocalUpdate::from(update);
    (update.scope(), update.loss().expect("an update on ratings"))
}

/// Generate layouts with a local update that they allow, to be differentiated exactly.
fn models() -> impl Strategy<Value = (Layout, TaskUpdate)> {
    let scope = prop_oneof![Just(Scope::Linear), Just(Scope::Last), Just(Scope::Decision), Just(Scope::All)];
    let loss = prop_oneof![Just(Loss::SquaredError), Just(Loss::BceWithLogits)];
    let gradient = (scope, 0..4usize, 0.0..5.0, loss).prop_map(|(scope, steps, kappa, loss)| {
        TaskUpdate::Gradient(Gradient { scope, loss, steps, kappa, rates: Rates::PerParameter }, Order::Second)
    });
    (architectures(), prop_oneof![4 => gradient, 1 => Just(TaskUpdate::Ridge)]).prop_map(
        |(mut architecture, update)| {
            // Ridge needs a linear path to move.
            architecture.linear |= update == TaskUpdate::Ridge;
            (Layout::new(architecture).unwrap(), update)
        },
    )
}

fn architectures() -> impl Strategy<Value = Architecture> {
    let fields = |count: std::ops::Range<usize>| prop::collection::vec((1..20usize, 1..4usize), count);
    let hidden = prop::collection::vec(1..6usize, 0..3);
    let item_bias = prop::option::of(1..20usize);
    let extras = (any::<bool>(), any::<bool>());
    (fields(1..4), fields(0..3), hidden, any::<bool>(), item_bias, extras).prop_map(
        |(item_fields, user_fields, hidden, linear, item_bias, (starts, adds))| {
            // Without hidden layers a linear path is required.
            let linear = linear || hidden.is_empty();
            let mut item_fields = named(&item_fields);
            if let (true, [first, second, ..]) = (adds, item_fields.as_mut_slice()) {
                (second.width, second.adds) = (first.width, true);
            }
            // Without hidden layers a start allows no user vector wider than item vectors.
            let starts = starts && linear && (!hidden.is_empty() || user_fields.is_empty());
            Architecture {
                item_fields,
                user_fields: named(&user_fields),
                linear,
                hidden,
                item_bias,
                implicit: starts.then_some(item_bias.unwrap_or(1)),
            }
        },
    )
}

fn named(shapes: &[(usize, usize)]) -> Vec<Field> {
    shapes.iter().enumerate().map(|(i, &(rows, width))| Field::new(i.to_string(), rows, width)).collect()
}
