//! The golden vectors of picks: the loss is a softmax over the catalogue, and users are differentiated together.

use super::Check;
use super::vectors::Golden;
use fewclicks_model::adapt::Softmax;
use fewclicks_model::adapt::implicit;
use fewclicks_model::adapt::softmax::{self, Choice, PickTask, PicksGradient};
use fewclicks_model::math::scalar::Real;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::embedding;
use fewclicks_model::network::task::Task;
use ndarray::{Array1, Array2};

/// Compare one user with the expectations, alone.
pub fn check<T: Real>(check: &Check) {
    let Golden { layout, tasks, .. } = check.golden;
    let tasks = &tasks[check.task..][..1];
    let expected = |key: &str| check.golden.tensors(check.task, key);
    let numbers = |key: &str| check.golden.numbers(check.task, key);
    let moved = |key: &str| check.golden.moved(check.task, key);
    let update = check.golden.softmax().expect("a local update on picks");

    let starts = starts::<T>(check.golden, tasks);
    let meta = MetaGradient::new(check.golden, tasks, starts.clone(), update);
    check.close("query loss", &[meta.query_loss], &numbers("query_loss"));
    check.close("second order", &meta.parameters, &expected("meta_gradient_second_order"));
    check.close("rate gradient", &meta.rates, &moved("rate_gradient_second_order"));

    // First order is the gradient at the adapted parameters: no steps from there.
    let adapted: Vec<T> = moved("adapted").into_iter().map(T::constant).collect();
    let path: Vec<T> = adapted.iter().zip(&starts).map(|(&after, &before)| after - before).collect();
    let adapted = Array2::from_shape_vec(starts.raw_dim(), adapted).unwrap();
    let first = MetaGradient::new(check.golden, tasks, adapted, Softmax { steps: 0, ..update });
    check.close("query loss at the adapted parameters", &[first.query_loss], &numbers("query_loss"));
    check.close("first order", &first.parameters, &expected("meta_gradient_first_order"));
    // The path is −α times the summed local gradients.
    let slopes = &first.parameters[layout.offset(Scope::Linear)..];
    let rates: Vec<T> = check.golden.rates();
    let rates: Vec<T> = slopes.iter().zip(&path).zip(&rates).map(|((&v, &path), &rate)| v * path / rate).collect();
    check.close("first-order rate gradient", &rates, &moved("rate_gradient_first_order"));

    // The loss of the support as a query that nothing was picked before.
    let picks = tasks[0].support.items.len() as f64;
    let support = Task { query: tasks[0].support.clone(), support: Default::default(), ..tasks[0].clone() };
    let of_support = MetaGradient::new(check.golden, &[support], starts, update).query_loss;
    let share = T::constant(picks.sqrt() / check.golden.divisor(check.task));
    check.close("support loss", &[of_support * share], &numbers("support_loss"));
}

/// Compare all users at once with the sums of what is expected of each.
pub fn check_together<T: Real>(golden: &Golden, tolerance: f64) {
    let update = golden.softmax().expect("a local update on picks");
    let meta = MetaGradient::new(golden, &golden.tasks, starts::<T>(golden, &golden.tasks), update);
    let check = Check { golden, task: 0, tolerance };
    let sum = |of_task: &dyn Fn(usize) -> Vec<f64>| {
        let mut sum = of_task(0);
        for task in 1..golden.tasks.len() {
            sum.iter_mut().zip(of_task(task)).for_each(|(sum, x)| *sum += x);
        }
        sum
    };
    check.close("summed query loss", &[meta.query_loss], &sum(&|task| golden.numbers(task, "query_loss")));
    let expected = sum(&|task| golden.tensors(task, "meta_gradient_second_order"));
    check.close("summed meta-gradient", &meta.parameters, &expected);
    let expected = sum(&|task| golden.moved(task, "rate_gradient_second_order"));
    check.close("summed rate gradient", &meta.rates, &expected);
}

/// Return the linear path of each user before the local update, (users × width).
fn starts<T: Real>(golden: &Golden, tasks: &[Task]) -> Array2<T> {
    let theta: Vec<T> = golden.parameters();
    let rows =
        tasks.iter().flat_map(|task| implicit::linear_path(&golden.layout, &theta, &task.user, &task.support.items));
    Array2::from_shape_vec((tasks.len(), golden.layout.item_width), rows.collect()).unwrap()
}

/// The derivative of summed query losses by all parameters of the layout, and by the rates.
struct MetaGradient<T> {
    query_loss: T,
    parameters: Vec<T>,
    rates: Vec<T>,
}

impl<T: Real> MetaGradient<T> {
    /// Differentiate the query losses of `tasks` after `update` from `starts`, which depend on the parameters as
    /// [`implicit::linear_path`] says.
    fn new(golden: &Golden, tasks: &[Task], starts: Array2<T>, update: Softmax) -> Self {
        let Golden { layout, items, .. } = golden;
        let theta: Vec<T> = golden.parameters();
        let choice = Choice {
            vectors: embedding::items(layout, &theta, &items.fields),
            bias: items.bias.iter().map(|&row| theta[1 + row as usize]).collect::<Array1<T>>(),
        };
        let picks =
            |task: &Task| PickTask { support: task.support.items.bias.clone(), query: task.query.items.bias.clone() };
        let picks: Vec<PickTask> = tasks.iter().map(picks).collect();
        let gradient: PicksGradient<T> = softmax::meta_gradient(&choice, starts, &golden.rates::<T>(), update, &picks);
        let mut parameters = vec![T::zero(); layout.len()];
        embedding::items_reverse(layout, &items.fields, &gradient.vectors, &mut parameters, 0);
        for (&row, &slope) in items.bias.iter().zip(&gradient.bias) {
            parameters[1 + row as usize] += slope;
        }
        for (task, d_start) in tasks.iter().zip(gradient.linear_paths.outer_iter()) {
            let d_start = d_start.to_vec();
            parameters[layout.offset(Scope::Linear)..].iter_mut().zip(&d_start).for_each(|(sum, &d)| *sum += d);
            implicit::reverse(layout, &task.user, &task.support.items, &d_start, &mut parameters);
        }
        Self { query_loss: gradient.query_loss, parameters, rates: gradient.rates.to_vec() }
    }
}
