//! Gradient and meta-gradient agree with central differences of the loss, in double precision, for every tensor and
//! for the local rates.
#![cfg(not(target_arch = "wasm32"))]

mod random;

use fewclicks_model::adapt::meta::{Order, TaskUpdate, meta_gradient};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates};
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::forward::{forward, loss_gradient};
use fewclicks_model::network::layout::{Layout, Role, Side};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Task};
use random::Random;

/// The step h of a difference.
const H: f64 = 1e-4;

/// The largest relative error.
const TOLERANCE: f64 = 1e-5;

/// Hidden layers, linear path, item bias.
const SHAPES: [(&[usize], bool, bool); 5] =
    [(&[5, 4], true, true), (&[5, 4], false, false), (&[6], false, true), (&[], true, false), (&[], true, true)];

struct Case {
    name: String,
    layout: Layout,
    theta: Vec<f64>,
    rates: Vec<f64>,
    task: Task,
    update: TaskUpdate,
    scope: Scope,
    loss: Loss,
}

/// κ of the local update.
const KAPPA: f64 = 2.5;

#[test]
fn gradients_agree_with_central_differences() {
    for case in cases(&[1]) {
        let Case { layout, theta, task, scope, loss, .. } = &case;
        if layout.architecture.implicit.is_some() {
            continue; // The start is applied before the loss, and is no part of its gradient.
        }
        let divisor = task.support.labels.len() as f64 + KAPPA;
        let gradient = |from| loss_gradient(layout, theta, &task.user, &task.support, *loss, divisor, from).1;
        let whole = gradient(0);
        let expected = differences(theta, |theta| mean_loss(&case, theta, &task.support, divisor));
        case.compare("", &whole, &expected, 0);
        let from = layout.offset(*scope);
        assert_eq!(gradient(from), whole[from..], "{}: the scope's part alone", case.name);
    }
}

#[test]
fn meta_gradients_agree_with_central_differences() {
    for case in cases(&[1, 3]) {
        let Case { layout, theta, rates, task, update, scope, .. } = &case;
        let meta = meta_gradient(layout, theta, rates, task, *update);
        let expected = differences(theta, |theta| query_loss(&case, theta, rates));
        case.compare("", &meta.parameters, &expected, 0);
        let expected = differences(rates, |rates| query_loss(&case, theta, rates));
        case.compare("rates of ", &meta.rates, &expected, layout.offset(*scope));
        assert!((meta.query_loss - query_loss(&case, theta, rates).0).abs() < 1e-12, "{}", case.name);
    }
}

#[test]
fn without_support_the_meta_gradient_is_the_gradient() {
    for mut case in cases(&[3]).into_iter().filter(|case| case.layout.architecture.implicit.is_none()) {
        case.task.support = Examples::default();
        let Case { layout, theta, rates, task, update, loss, .. } = &case;
        let meta = meta_gradient(layout, theta, rates, task, *update);
        let queries = task.query.labels.len() as f64;
        let (_, gradient) = loss_gradient(layout, theta, &task.user, &task.query, *loss, queries, 0);
        assert_eq!(meta.parameters, gradient, "{}", case.name);
        assert!(meta.rates.iter().all(|&rate| rate == 0.0), "{}", case.name);
    }
}

/// Return all shapes, scopes and losses with each number of steps.
fn cases(steps: &[usize]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (hidden, linear, bias) in SHAPES {
        for scope in [Scope::Last, Scope::Decision, Scope::All] {
            for loss in [Loss::SquaredError, Loss::BceWithLogits] {
                for &steps in steps {
                    cases.push(Case::new(hidden, linear, bias, false, gradient(scope, loss, steps)));
                }
            }
        }
        if linear {
            let one_step = gradient(Scope::Linear, Loss::SquaredError, 1);
            for (starts, update) in [(false, TaskUpdate::Ridge), (true, TaskUpdate::Ridge), (true, one_step)] {
                cases.push(Case::new(hidden, linear, bias, starts, update));
            }
        }
    }
    cases
}

fn gradient(scope: Scope, loss: Loss, steps: usize) -> TaskUpdate {
    TaskUpdate::Gradient(Gradient { scope, loss, steps, kappa: KAPPA, rates: Rates::PerParameter }, Order::Second)
}

impl Case {
    /// With `starts` item fields add up, and the linear path starts from the items of the support set and, without a
    /// network, from the user vector.
    fn new(hidden: &[usize], linear: bool, bias: bool, starts: bool, update: TaskUpdate) -> Self {
        let name = format!("hidden {hidden:?}, linear {linear}, bias {bias}, starts {starts}, {update:?}");
        let field = |name: &str, rows, width, adds| Field { adds, ..Field::new(name, rows, width) };
        let genre = if starts { field("genre", 5, 2, true) } else { field("genre", 5, 3, false) };
        let age = if starts { field("age", 4, 3, true) } else { field("age", 4, 3, false) };
        let gender = field("gender", 2, if starts { 3 } else { 1 }, false);
        let layout = Layout::new(Architecture {
            item_fields: vec![field("rated", 3, 2, false), genre, field("id", 8, 2, false)],
            user_fields: vec![gender, age],
            hidden: hidden.into(),
            linear,
            item_bias: bias.then_some(5),
            implicit: starts.then_some(5),
        })
        .unwrap();
        let local = LocalUpdate::from(update);
        let (scope, loss) = (local.scope(), local.loss().expect("an update on ratings"));
        let mut random = Random(7);
        let theta = random.parameters(&layout);
        let rates = random.rates(layout.len() - layout.offset(scope));
        let task = random.task(&layout, loss);
        Self { name, layout, theta, rates, task, update, scope, loss }
    }

    /// Compare tensor by tensor; both gradients start at index `from` of the flat vector.
    fn compare(&self, what: &str, got: &[f64], expected: &[f64], from: usize) {
        assert_eq!(got.len(), self.layout.len() - from, "{}", self.name);
        for tensor in self.layout.tensors.iter().filter(|tensor| tensor.offset >= from) {
            let name = format!("{}: {what}{}", self.name, tensor.name);
            let range = tensor.offset - from..tensor.range().end - from;
            let (got, expected) = (&got[range.clone()], &expected[range]);
            let largest = expected.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
            // A gradient of zeros would pass without a derivative by this tensor.
            let user_matters = !self.layout.layers.is_empty() || self.layout.adds_user_vector();
            let idle = !user_matters && matches!(tensor.role, Role::Embedding(Side::User, _));
            assert_eq!(largest < 1e-6, idle, "{name}: at most {largest}");
            for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
                // Rounding dominates entries far below the tensor's largest: their error is relative to a hundredth of it.
                let error = (got - expected).abs() / expected.abs().max(largest / 100.0);
                assert!(got == expected || error <= TOLERANCE, "{name}[{i}] = {got}, expected {expected}");
            }
        }
    }
}

/// Return Σ ℓ / `divisor` over `examples`, and which ReLUs are open.
fn mean_loss(case: &Case, theta: &[f64], examples: &Examples, divisor: f64) -> (f64, Vec<bool>) {
    let pass = forward(&case.layout, theta, &case.task.user, &examples.items);
    let losses = pass.prediction.iter().zip(&examples.labels).map(|(&y, &label)| case.loss.value(y, label));
    let open = pass.activations.hidden.iter().flatten().map(|&a| a > 0.0).collect();
    (losses.sum::<f64>() / divisor, open)
}

/// Return the mean query loss after the local update, and which ReLUs were open in all passes.
fn query_loss(case: &Case, theta: &[f64], rates: &[f64]) -> (f64, Vec<bool>) {
    let Case { layout, task, update, .. } = case;
    let mut theta = theta.to_vec();
    let mut gates = Vec::new();
    let (count, one_step) = match *update {
        TaskUpdate::Gradient(all, order) => (all.steps, TaskUpdate::Gradient(Gradient { steps: 1, ..all }, order)),
        TaskUpdate::Ridge => (1, TaskUpdate::Ridge),
    };
    for _ in 0..count {
        gates.extend(mean_loss(case, &theta, &task.support, 1.0).1);
        one_step.apply(layout, &mut theta, rates, &task.user, &task.support);
    }
    let (loss, open) = mean_loss(case, &theta, &task.query, task.query.labels.len() as f64);
    gates.extend(open);
    (loss, gates)
}

/// Return the derivative of `f` by each of `values`. Panic if a ReLU opens or closes between the points, where the loss
/// has no derivative.
fn differences(values: &[f64], f: impl Fn(&[f64]) -> (f64, Vec<bool>)) -> Vec<f64> {
    let (_, gates) = f(values);
    let at = |i: usize, x: f64| {
        let mut values = values.to_vec();
        values[i] = x;
        let (value, open) = f(&values);
        assert_eq!(open, gates, "a ReLU is at its kink: choose another seed");
        value
    };
    let difference = |i: usize, h: f64| (at(i, values[i] + h) - at(i, values[i] - h)) / (2.0 * h);
    // Of fourth order (Richardson), so that h can be large enough for rounding not to matter.
    (0..values.len()).map(|i| (4.0 * difference(i, H) - difference(i, 2.0 * H)) / 3.0).collect()
}
