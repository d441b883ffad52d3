//! A synthetic model for `cargo xtask bench-browser`: `bench_bundle FOLDER ITEMS`. Writes a bundle into FOLDER, and the
//! same numbers for the contenders that read no bundle: `peer.bin`, little-endian f32, and `peer.json`, which says what
//! lies in it.

use anyhow::{Context, Result};
use fewclicks::adapt::{LocalUpdate, Method, Steps};
use fewclicks::bundle::{About, Bundle, Catalogue, Item, Precision};
use fewclicks::embedding;
use fewclicks::entries::Entries;
use fewclicks::examples::{Items, Rows};
use fewclicks::features::{UNKNOWN, Vocabulary};
use fewclicks::layout::{Architecture, Field, Layout, Scope, Tensor};
use fewclicks::loss::Loss;
use fewclicks::model::Model;
use fewclicks::scale::Scale;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::path::Path;
use std::{env, fs};

const WIDTH: usize = 128;
const HIDDEN: [usize; 2] = [64, 64];
const STEPS: Steps = Steps { steps: 5, kappa: 1.0 };
/// Small enough for the steps to lower the loss, and large enough for each of them to change the order.
const RATE: f32 = 0.002;
const SEED: u64 = 1;

fn main() -> Result<()> {
    let [folder, items] = env::args().skip(1).collect::<Vec<_>>().try_into().ok().context("expected FOLDER ITEMS")?;
    let folder = Path::new(&folder);
    let items = items.parse().with_context(|| format!("{items}: expected the number of items"))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let bundle = bundle(items)?;
    for (name, content) in bundle.write(Precision::F32).into_iter().chain(peer(&bundle)) {
        let file = folder.join(name);
        fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn bundle(items: usize) -> Result<Bundle> {
    let item = |i: usize| Item { id: i.to_string(), title: format!("Item {i}"), fields: Entries::default() };
    let visitor = Vocabulary::new("visitor", vec!["known".into()]);
    let layout = Layout::new(Architecture {
        item_fields: vec![Field::new("item", items, WIDTH)],
        user_fields: vec![Field::new(visitor.name(), visitor.table_rows(), WIDTH)],
        hidden: HIDDEN.into(),
        linear: false,
        item_bias: None,
        start: None,
    })?;
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let theta = layout.tensors.iter().flat_map(|tensor| numbers(tensor, &mut random)).collect();
    Ok(Bundle {
        about: About { name: "Synthetic".into(), ..About::default() },
        model: Model {
            theta,
            rates: vec![RATE; layout.len() - layout.start(Scope::Decision)],
            layout,
            update: LocalUpdate { scope: Scope::Decision, loss: Loss::SquaredError, method: Method::Gradient(STEPS) },
            scale: Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 1.5 },
            readout: None,
        },
        items: Items { fields: vec![Rows::identity(items)], bias: (0..items as u32).collect() },
        user_vocabularies: vec![visitor],
        catalogue: Catalogue { items: (0..items).map(item).collect(), candidates: Vec::new() },
    })
}

/// Evenly distributed so that predictions spread over the scale: the range of a layer's weights depends on its inputs
/// (He et al. 2015).
fn numbers(tensor: &Tensor, random: &mut ChaCha8Rng) -> Vec<f32> {
    let range = match tensor.name.starts_with("embedding") {
        true => 1.0,
        false => (6.0 / *tensor.shape.last().expect("no tensor is a single number") as f32).sqrt(),
    };
    tensor.range().map(|_| random.random_range(-range..range)).collect()
}

/// Everything one after the other: the decision layers, weight (outputs × inputs) and bias each, the vector of the
/// visitor, and the table of items.
fn peer(Bundle { model, catalogue, .. }: &Bundle) -> [(String, Vec<u8>); 2] {
    let layout = &model.layout;
    let c = embedding::user(layout, &model.theta, &vec![vec![UNKNOWN]]);
    let table = layout.tables[0]..layout.tables[0] + catalogue.items.len() * WIDTH;
    let decision = &model.theta[layout.start(Scope::Decision)..];
    let numbers = decision.iter().chain(&c).chain(&model.theta[table]);
    let ids: Vec<_> = catalogue.items.iter().map(|item| &item.id).collect();
    let described = json!({
        "layers": layout.layers.iter().map(|layer| json!({ "inputs": layer.inputs, "outputs": layer.outputs })).collect::<Vec<_>>(),
        "width": WIDTH,
        "steps": STEPS.steps,
        "kappa": STEPS.kappa,
        "rate": RATE,
        "ids": ids,
    });
    let bytes = numbers.flat_map(|number| number.to_le_bytes()).collect();
    [("peer.bin".to_owned(), bytes), ("peer.json".to_owned(), described.to_string().into_bytes())]
}
