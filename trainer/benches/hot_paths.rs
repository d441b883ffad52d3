//! What training, adapting and asking spend their time on, each on its own: `cargo bench -p trainer`. Numbers and rows
//! are drawn, as only shapes matter. What a whole epoch takes, `trainer bench` measures.

use criterion::{Criterion, criterion_group, criterion_main};
use fewclicks_model::adapt::meta::{Order, TaskUpdate, meta_gradient};
use fewclicks_model::adapt::softmax::{self, Choice, PickTask};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates, Softmax};
use fewclicks_model::ask::evidence::gradient_norms;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::forward::forward;
use fewclicks_model::network::layout::Layout;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Rows, Task, User};
use ndarray::{Array1, Array2};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::time::Duration;
use trainer::train::adam::Adam;
use trainer::train::descent::Descent;

/// Items in the catalogue.
const ITEMS: usize = 3_706;

/// Values that a field can take.
const VALUES: usize = 100;

const GRADIENT: Gradient =
    Gradient { scope: Scope::Decision, loss: Loss::SquaredError, steps: 5, kappa: 1.0, rates: Rates::PerParameter };

/// A model, and rows for it.
struct Case {
    layout: Layout,
    theta: Vec<f32>,
    rates: Vec<f32>,
    update: TaskUpdate,
    rng: ChaCha8Rng,
}

impl Case {
    /// Four item fields and four user fields, so wide each.
    fn new(width: usize, hidden: &[usize], update: TaskUpdate) -> Self {
        let fields = |side: &str| (0..4).map(|f| Field::new(format!("{side} {f}"), VALUES, width)).collect();
        let layout = Layout::new(Architecture {
            item_fields: fields("item"),
            user_fields: fields("user"),
            hidden: hidden.into(),
            linear: hidden.is_empty(),
            item_bias: Some(ITEMS),
            implicit: None,
        })
        .expect("a model");
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let theta = (0..layout.len()).map(|_| rng.random_range(-0.15..0.15)).collect();
        let rates = vec![0.01; layout.len() - layout.offset(LocalUpdate::from(update).scope())];
        Self { layout, theta, rates, update, rng }
    }

    /// The decision layers of the paper, over item and user vectors of 128 numbers.
    fn network(order: Order) -> Self {
        Self::new(32, &[64, 64], TaskUpdate::Gradient(GRADIENT, order))
    }

    /// Ridge regression on item vectors of 32 numbers.
    fn ridge() -> Self {
        Self::new(8, &[], TaskUpdate::Ridge)
    }

    fn user(&mut self) -> User {
        (0..4).map(|_| vec![self.rng.random_range(0..VALUES as u32)]).collect()
    }

    fn examples(&mut self, count: usize) -> Examples {
        let mut rows = || -> Rows {
            let rows: Vec<u32> = (0..count).map(|_| self.rng.random_range(0..VALUES as u32)).collect();
            rows.chunks(1).collect()
        };
        let fields = (0..4).map(|_| rows()).collect();
        let bias = (0..count).map(|_| self.rng.random_range(0..ITEMS as u32)).collect();
        Examples { items: Items { fields, bias }, labels: (0..count).map(|i| (i % 5) as f32 + 1.0).collect() }
    }

    fn task(&mut self, support: usize, query: usize) -> Task {
        Task { user: self.user(), support: self.examples(support), query: self.examples(query) }
    }
}

fn local_update(criterion: &mut Criterion) {
    let mut case = Case::network(Order::Second);
    let Task { user, support, .. } = case.task(10, 0);
    let Case { layout, theta, rates, update, .. } = &case;
    let mut adapted = theta.clone();
    criterion.bench_function("local update: MLP 256-64-64-1, 10 answers, 5 steps", |bencher| {
        bencher.iter(|| {
            adapted.copy_from_slice(theta);
            update.apply(layout, &mut adapted, rates, &user, &support);
            black_box(&adapted);
        });
    });
}

fn meta_gradients(criterion: &mut Criterion) {
    let mut bench = |name: &str, mut case: Case, [support, query]: [usize; 2]| {
        let task = case.task(support, query);
        let Case { layout, theta, rates, update, .. } = &case;
        let run = || meta_gradient(layout, theta, rates, &task, *update);
        criterion.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
    };
    bench("meta-gradient of a task, first order: 20 + 10 ratings, 5 steps", Case::network(Order::First), [20, 10]);
    bench("meta-gradient of a task, second order: 20 + 10 ratings, 5 steps", Case::network(Order::Second), [20, 10]);
    bench("meta-gradient of a task, ridge: 40 + 128 ratings, 32 wide", Case::ridge(), [40, 128]);
}

fn picks_batch(criterion: &mut Criterion) {
    const WIDTH: usize = 64;
    const USERS: usize = 32;
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut matrix = |rows| Array2::from_shape_fn((rows, WIDTH), |_| rng.random_range(-0.1..0.1f32));
    let (vectors, starts) = (matrix(ITEMS), matrix(USERS));
    let choice = Choice { vectors, bias: Array1::zeros(ITEMS) };
    let task = |user: u32| PickTask { support: (user..user + 10).collect(), query: (100..150).collect() };
    let tasks: Vec<PickTask> = (0..USERS as u32).map(task).collect();
    let run =
        || softmax::meta_gradient(&choice, starts.clone(), &[0.01; WIDTH], Softmax { steps: 5, kappa: 1.0 }, &tasks);
    let name = "meta-gradient of 32 users' picks: 3,706 items, 64 wide, 5 steps";
    criterion.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
}

fn catalogue(criterion: &mut Criterion) {
    let mut case = Case::network(Order::Second);
    let (user, items) = (case.user(), case.examples(ITEMS).items);
    let run = || forward(&case.layout, &case.theta, &user, &items).prediction;
    let name = "forward over a catalogue: 3,706 items, MLP 256-64-64-1";
    criterion.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
}

fn global_update(criterion: &mut Criterion) {
    const PARAMETERS: usize = 1_000_000;
    let (mut adam, mut theta) = (Adam::new(PARAMETERS), vec![0.1; PARAMETERS]);
    let gradient = vec![0.01; PARAMETERS];
    criterion.bench_function("global update: Adam on 1,000,000 parameters", |bencher| {
        bencher.iter(|| {
            let mut descent = Descent::new(PARAMETERS, 0..PARAMETERS, 1e-2);
            descent.add_to_all(&gradient);
            descent.step(&mut theta, &mut adam, 1e-3, 1.0)
        });
    });
}

fn evidence(criterion: &mut Criterion) {
    let mut case = Case::network(Order::Second);
    let (user, examples) = (case.user(), case.examples(150));
    let Case { layout, theta, update, .. } = &case;
    let run = || gradient_norms(layout, theta, &user, &examples, &LocalUpdate::from(*update));
    let name = "evidence: gradient norms of a user's 150 ratings, MLP 256-64-64-1";
    criterion.bench_function(name, |bencher| bencher.iter(|| black_box(run())));
}

criterion_group! {
    name = hot_paths;
    config = Criterion::default().sample_size(30).measurement_time(Duration::from_secs(2));
    targets = local_update, meta_gradients, picks_batch, catalogue, global_update, evidence
}
criterion_main!(hot_paths);
