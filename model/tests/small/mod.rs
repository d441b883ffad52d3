//! A bundle small enough to reason about: six dishes, three of them soups and three of them sweets.

mod halves;

#[allow(unused_imports, reason = "not every test needs the default model")]
pub use halves::{halves, halves_of_picks};

use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates, Softmax};
use fewclicks_model::ask::Candidate;
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item};
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::model::vocabulary::Vocabulary;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::layout::{Layout, Role, Side};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Items, Rows};
use fewclicks_model::recommender::{Network, Recommender};
use fewclicks_model::visitor::ListOptions;

/// All items, sorted by score alone.
#[allow(dead_code, reason = "not every test needs lists")]
pub const ALL: ListOptions = ListOptions { include_answered: true, variety: 0.0 };

/// Ramen and pho are equals to the model: they have the same features and the same bias.
const DISHES: [(&str, &str); 6] = [
    ("ramen", "soup"),
    ("pho", "soup"),
    ("udon", "soup"),
    ("tiramisu", "sweet"),
    ("brownie", "sweet"),
    ("sorbet", "sweet"),
];

/// Return a bundle that adapts by gradient steps within `scope`, at a rate per parameter.
#[allow(dead_code, reason = "not every test needs gradient steps")]
pub fn bundle(scope: Scope, loss: Loss) -> Bundle {
    six_dishes(gradient(scope, loss))
}

/// Return a bundle that adapts in closed form, without a network, from a start.
#[allow(dead_code, reason = "not every test needs every local update")]
pub fn ridge() -> Bundle {
    six_dishes(LocalUpdate::Ridge)
}

/// Return a bundle that learns from picks, without a network, from a start.
#[allow(dead_code, reason = "not every test needs every local update")]
pub fn picks() -> Bundle {
    six_dishes(LocalUpdate::Softmax(Softmax { steps: 3, kappa: 1.0 }))
}

/// Return the network of a bundle of one.
#[allow(dead_code, reason = "not every test looks into the model")]
pub fn network(bundle: &Bundle) -> &Network {
    match &bundle.model {
        Recommender::Network(network) => network,
        Recommender::Halves(_) => panic!("halves, expected a network"),
    }
}

/// As [`network`], to change it.
#[allow(dead_code, reason = "not every test changes the model")]
pub fn network_mut(bundle: &mut Bundle) -> &mut Network {
    match &mut bundle.model {
        Recommender::Network(network) => network,
        Recommender::Halves(_) => panic!("halves, expected a network"),
    }
}

/// Return the items of the catalogues of six dishes.
#[allow(dead_code, reason = "only tests that write a bundle need them")]
pub fn items() -> Vec<Item> {
    DISHES.map(|(id, course)| dish(id, course)).into()
}

/// Return a bundle with `count` ramens and brownies in turns, whose ids are their numbers.
#[allow(dead_code, reason = "not every test needs more than six dishes")]
pub fn canteen(count: usize, scope: Scope, loss: Loss) -> Bundle {
    let features = features().select((0..count).map(|i| [0, 4][i % 2]));
    let items: Vec<Item> = (0..count).map(|i| dish(&i.to_string(), ["soup", "sweet"][i % 2])).collect();
    of(gradient(scope, loss), &features, &items)
}

fn gradient(scope: Scope, loss: Loss) -> LocalUpdate {
    LocalUpdate::Gradient(Gradient { scope, loss, steps: 3, kappa: 1.0, rates: Rates::PerParameter })
}

fn six_dishes(update: LocalUpdate) -> Bundle {
    of(update, &features(), &items())
}

fn dish(id: &str, course: &str) -> Item {
    let fields = [("course".to_owned(), vec![course.to_owned()])].into();
    Item { id: id.into(), title: id.to_uppercase(), fields }
}

/// Return the model of `update` with these dishes; folded over them, except where their embeddings move.
fn of(update: LocalUpdate, features: &Items, dishes: &[Item]) -> Bundle {
    with_model(model(update).fold(features).expect("a small model").into(), dishes)
}

/// Return the bundle of a model with these dishes.
fn with_model(model: Recommender, dishes: &[Item]) -> Bundle {
    let candidate = |(item, score)| Candidate { item, score, known: 0.5 };
    let candidates = [(0, 0.875), (4, 0.5), (3, 0.5), (2, 0.5)].map(candidate);
    Bundle {
        about: About {
            name: "Dishes".into(),
            notice: "Made up.".into(),
            preset: "small".into(),
            made: "trainer 0.0.0, 2026-01-02, seed 7, data abc".into(),
            metrics: [("mae".to_owned(), 0.75)].into(),
        },
        model,
        user_vocabularies: vec![Vocabulary::new("age", vec!["young".into(), "old".into()])],
        catalogue: Catalogue::new(dishes, candidates.into()).expect("distinct dishes"),
    }
}

/// Return course, moods and bias row of every dish; mood and bias of sorbet are unknown.
fn features() -> Items {
    let rows = |lists: [&[u32]; 6]| lists.into_iter().collect::<Rows>();
    Items {
        fields: vec![rows([&[1], &[1], &[1], &[2], &[2], &[2]]), rows([&[1], &[1], &[1, 2], &[2], &[1], &[0]])],
        bias: vec![1, 1, 2, 3, 4, 0],
    }
}

fn model(update: LocalUpdate) -> Model {
    let starts = !matches!(update, LocalUpdate::Gradient(_));
    let field = |name: &str, rows, width| Field::new(name, rows, width);
    let layout = Layout::new(Architecture {
        item_fields: vec![field("course", 3, 2), field("mood", 3, 1)],
        user_fields: vec![field("age", 3, 2)],
        hidden: if starts { Vec::new() } else { vec![4] },
        linear: true,
        item_bias: Some(5),
        implicit: starts.then_some(5),
    })
    .expect("a small model");
    let small = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 250.0;
    let theta = layout.tensors.iter().flat_map(|tensor| match tensor.role {
        // The label in the middle of the scale.
        Role::Mean => vec![if update.loss() == Some(Loss::SquaredError) { 3.0 } else { 0.0 }],
        // An unknown course, soups, sweets: the last two are orthogonal.
        Role::Embedding(Side::Item, 0) => vec![0.5, 0.5, 1.0, 0.0, 0.0, 1.0],
        // Of an unknown dish, two soups and two sweets: whoever answers about a soup starts closer to soups.
        Role::ImplicitFeedback => [[0.0, 0.0], [0.5, 0.0], [0.5, 0.0], [0.0, 0.5], [0.0, 0.5]]
            .iter()
            .flat_map(|&[a, b]| [a, b, 0.0])
            .collect(),
        // Close to the identity: a hidden unit each for soups, sweets, mood and age.
        Role::LayerWeight(0) => (0..20).map(|i| small(i) + if i % 6 == 0 { 1.0 } else { 0.0 }).collect(),
        _ => tensor.range().map(small).collect(),
    });
    let theta = theta.collect();
    let moved = layout.len() - layout.offset(update.scope());
    Model {
        layout,
        theta,
        rates: (0..moved).map(|i| (1 + i % 5) as f32 / 50.0).collect(),
        update,
        scale: Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 1.5 },
        readout: None,
    }
}
