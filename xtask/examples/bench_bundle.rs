//! A synthetic model for `cargo xtask bench-browser`: `bench_bundle FOLDER ITEMS PRECISION`. Writes a bundle into FOLDER,
//! and where the precision is `f32` the same numbers for the contenders that read no bundle: `peer.bin`, little-endian,
//! and `peer.json`, which says what lies in it.

use anyhow::{Context, Result};
use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item, Precision};
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::model::vocabulary::Vocabulary;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::layout::{Layout, Role, Tensor};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Items, Rows};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::path::Path;
use std::{env, fs};

const WIDTH: usize = 128;
const HIDDEN: [usize; 2] = [64, 64];
const UPDATE: Gradient =
    Gradient { scope: Scope::Decision, loss: Loss::SquaredError, steps: 5, kappa: 1.0, rates: Rates::Fixed };
/// Small enough for the steps to lower the loss, and large enough for each of them to change the order.
const RATE: f32 = 0.002;
const SEED: u64 = 1;

fn main() -> Result<()> {
    let arguments = env::args().skip(1).collect::<Vec<_>>();
    let [folder, items, precision] = arguments.try_into().ok().context("expected FOLDER ITEMS PRECISION")?;
    let folder = Path::new(&folder);
    let items = items.parse().with_context(|| format!("{items}: expected the number of items"))?;
    let precision: Precision = serde_json::from_value(json!(precision))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let model = model(items)?;
    if precision == Precision::F32 {
        write(folder, peer(&model, items))?;
    }
    let shown: Vec<Item> = (0..items).map(item).collect();
    write(folder, bundle(model, &shown)?.write(&shown, precision))
}

fn write(folder: &Path, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<()> {
    for (name, content) in files {
        let file = folder.join(name);
        fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn model(items: usize) -> Result<Model> {
    let layout = Layout::new(Architecture {
        item_fields: vec![Field::new("item", items, WIDTH)],
        user_fields: vec![Field::new("visitor", visitor().table_rows(), WIDTH)],
        hidden: HIDDEN.into(),
        linear: false,
        item_bias: None,
        implicit: None,
    })?;
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    Ok(Model {
        theta: layout.tensors.iter().flat_map(|tensor| numbers(tensor, &mut random)).collect(),
        rates: vec![RATE; layout.len() - layout.offset(Scope::Decision)],
        layout,
        update: LocalUpdate::Gradient(UPDATE),
        scale: Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 1.5 },
        readout: None,
    })
}

/// What visitors may say of themselves; nobody says anything, and has the first row.
fn visitor() -> Vocabulary {
    Vocabulary::new("visitor", vec!["known".into()])
}

/// Evenly distributed so that predictions spread over the scale: the range of a layer's weights depends on its inputs
/// (He et al. 2015).
fn numbers(tensor: &Tensor, random: &mut ChaCha8Rng) -> Vec<f32> {
    let range = match tensor.role {
        Role::Embedding(..) => 1.0,
        _ => (6.0 / *tensor.shape.last().expect("no tensor is a single number") as f32).sqrt(),
    };
    tensor.range().map(|_| random.random_range(-range..range)).collect()
}

/// Everything one after the other: the decision layers, weight (outputs × inputs) and bias each, the vector of the
/// visitor, and the table of items.
fn peer(Model { layout, theta, .. }: &Model, items: usize) -> [(String, Vec<u8>); 2] {
    let rows = |table: usize, rows: usize| &theta[layout.tables[table]..][..rows * WIDTH];
    let numbers = [&theta[layout.offset(Scope::Decision)..], rows(1, 1), rows(0, items)];
    let layers = layout.layers.iter().map(|layer| json!({ "inputs": layer.inputs, "outputs": layer.outputs }));
    let described = json!({
        "layers": layers.collect::<Vec<_>>(),
        "width": WIDTH,
        "steps": UPDATE.steps,
        "kappa": UPDATE.kappa,
        "rate": RATE,
        "ids": (0..items).map(id).collect::<Vec<_>>(),
    });
    let bytes = numbers.concat().into_iter().flat_map(f32::to_le_bytes).collect();
    [("peer.bin".to_owned(), bytes), ("peer.json".to_owned(), described.to_string().into_bytes())]
}

fn bundle(model: Model, shown: &[Item]) -> Result<Bundle> {
    let items = Items { fields: vec![Rows::identity(shown.len())], bias: (0..shown.len() as u32).collect() };
    Ok(Bundle {
        about: About { name: "Synthetic".into(), ..About::default() },
        model: model.fold(&items)?.into(),
        user_vocabularies: vec![visitor()],
        catalogue: Catalogue::new(shown, Vec::new())?,
    })
}

fn item(i: usize) -> Item {
    Item { id: id(i), title: format!("Item {i}"), ..Item::default() }
}

fn id(item: usize) -> String {
    item.to_string()
}
