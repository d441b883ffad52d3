//! A bundle small enough to reason about: six dishes, three of them soups and three of them sweets.

use fewclicks_model::adapt::{LocalUpdate, Method, Steps};
use fewclicks_model::bundle::{About, Asked, Bundle, Catalogue, Item};
use fewclicks_model::model::Model;
use fewclicks_model::model::features::Vocabulary;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::layout::{Architecture, Field, Layout, Scope};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Items, Rows};

/// Ramen and pho are equals to the model: they have the same features and the same bias.
const DISHES: [(&str, &str); 6] = [
    ("ramen", "soup"),
    ("pho", "soup"),
    ("udon", "soup"),
    ("tiramisu", "sweet"),
    ("brownie", "sweet"),
    ("sorbet", "sweet"),
];

/// A model that moves what `scope` says; folded over the dishes, except where their embeddings move.
pub fn bundle(scope: Scope, loss: Loss) -> Bundle {
    let item = |(id, course): (&str, &str)| dish(id, course);
    of(scope, loss, &features(), &DISHES.map(item))
}

/// `count` ramens and brownies, by their numbers.
#[allow(dead_code, reason = "not every test needs more than six dishes")]
pub fn canteen(count: usize, scope: Scope, loss: Loss) -> Bundle {
    let features = features().select((0..count).map(|i| [0, 4][i % 2]));
    let items: Vec<Item> = (0..count).map(|i| dish(&i.to_string(), ["soup", "sweet"][i % 2])).collect();
    of(scope, loss, &features, &items)
}

fn dish(id: &str, course: &str) -> Item {
    let fields = [("course".to_owned(), vec![course.to_owned()])].into();
    Item { id: id.into(), title: id.to_uppercase(), fields }
}

fn of(scope: Scope, loss: Loss, features: &Items, dishes: &[Item]) -> Bundle {
    let (model, items) = model(scope, loss).fold(features).expect("a small model");
    let asked = |(item, score)| Asked { item, score, known: 0.5 };
    Bundle {
        about: About {
            name: "Dishes".into(),
            notice: "Made up.".into(),
            preset: "small".into(),
            metrics: [("mae".to_owned(), 0.75)].into(),
        },
        model: model.shipped(),
        items,
        user_vocabularies: vec![Vocabulary::new("age", vec!["young".into(), "old".into()])],
        catalogue: Catalogue::new(dishes, &[(0, 0.875), (4, 0.5), (3, 0.5), (2, 0.5)].map(asked)).expect("six dishes"),
    }
}

/// Of every dish its course, its moods and its bias; sorbet is half unknown.
fn features() -> Items {
    let rows = |lists: [&[u32]; 6]| lists.into_iter().collect::<Rows>();
    Items {
        fields: vec![rows([&[1], &[1], &[1], &[2], &[2], &[2]]), rows([&[1], &[1], &[1, 2], &[2], &[1], &[0]])],
        bias: vec![1, 1, 2, 3, 4, 0],
    }
}

fn model(scope: Scope, loss: Loss) -> Model {
    let field = |name: &str, rows, width| Field::new(name, rows, width);
    let layout = Layout::new(Architecture {
        item_fields: vec![field("course", 3, 2), field("mood", 3, 1)],
        user_fields: vec![field("age", 3, 2)],
        hidden: if loss == Loss::Softmax { Vec::new() } else { vec![4] },
        linear: true,
        item_bias: Some(5),
        start: (loss == Loss::Softmax).then_some(5),
    })
    .expect("a small model");
    let small = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 250.0;
    let theta = layout.tensors.iter().flat_map(|tensor| match tensor.name.as_str() {
        // In the middle of the scale, whatever the loss sees of it.
        "mean" => vec![if loss == Loss::SquaredError { 3.0 } else { 0.0 }],
        // Soups and sweets have nothing in common.
        "embedding.item.course" => vec![0.5, 0.5, 1.0, 0.0, 0.0, 1.0],
        // Who has an opinion of soups likes soups: rows of an unknown dish, two soups and two sweets.
        "start" => [[0.0, 0.0], [0.5, 0.0], [0.5, 0.0], [0.0, 0.5], [0.0, 0.5]]
            .iter()
            .flat_map(|&[a, b]| [a, b, 0.0])
            .collect(),
        // Nearly the identity: a hidden unit each for soups, sweets, mood and age.
        "decision.0.weight" => (0..20).map(|i| small(i) + if i % 6 == 0 { 1.0 } else { 0.0 }).collect(),
        _ => tensor.range().map(small).collect(),
    });
    let theta = theta.collect();
    let moved = layout.len() - layout.start(scope);
    Model {
        layout,
        theta,
        rates: (0..moved).map(|i| (1 + i % 5) as f32 / 50.0).collect(),
        update: LocalUpdate { scope, loss, method: Method::Gradient(Steps { steps: 3, kappa: 1.0 }) },
        scale: Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 1.5 },
        readout: None,
    }
}
