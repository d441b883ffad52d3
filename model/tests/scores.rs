//! Scoring the whole catalogue in blocks agrees with predicting its items, natively and in the wasm build.

#[allow(dead_code, reason = "its tasks are of models that no bundle holds")]
mod random;

use fewclicks_model::adapt::{Gradient, LocalUpdate, Rates};
use fewclicks_model::model::Model;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::architecture::{Architecture, Field, Scope};
use fewclicks_model::network::layout::Layout;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Rows};
use random::Random;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// More than one block, and not a multiple of its size.
const ITEMS: usize = 300;
const WIDTH: usize = 9;

/// Return a folded model, with one rate for all parameters that move, or one for each.
fn model(scope: Scope, hidden: &[usize], linear: bool, one_rate: bool) -> Model {
    let layout = Layout::new(Architecture {
        item_fields: vec![Field::new("item", ITEMS, WIDTH)],
        user_fields: vec![Field::new("age", 3, 4)],
        hidden: hidden.into(),
        linear,
        item_bias: linear.then_some(ITEMS),
        implicit: None,
    })
    .unwrap();
    let mut random = Random(7);
    let single = |numbers: Vec<f64>| numbers.into_iter().map(|x| x as f32).collect::<Vec<_>>();
    let moved = layout.len() - layout.offset(scope);
    Model {
        theta: single(random.parameters(&layout)),
        rates: if one_rate { vec![0.1; moved] } else { single(random.rates(moved)) },
        update: LocalUpdate::Gradient(Gradient {
            scope,
            loss: Loss::SquaredError,
            steps: 3,
            kappa: 1.0,
            rates: if one_rate { Rates::Fixed } else { Rates::PerParameter },
        }),
        scale: Scale { min: 1.0, max: 5.0, like: 4.0, dislike: 2.0 },
        readout: None,
        layout,
    }
}

#[test]
fn scores_in_blocks_agree_with_predictions() {
    let items = Items { fields: vec![Rows::identity(ITEMS)], bias: (0..ITEMS as u32).collect() };
    for scope in [Scope::Linear, Scope::Last, Scope::Decision] {
        for (hidden, linear) in [(&[][..], true), (&[5], true), (&[8, 3], true), (&[8, 3], false)] {
            for (one_rate, answers) in [(true, 4), (false, 4), (true, 0)] {
                if scope == Scope::Linear && !linear {
                    continue;
                }
                let model = model(scope, hidden, linear, one_rate);
                let rated: Vec<(usize, f32)> = (0..answers).map(|i| (i * 70, 1.0 + i as f32)).collect();
                let (user, support) = (vec![vec![2]], model.support(&items, &rated));
                let expected = model.predict(&user, support.clone(), items.clone());
                let adapted = model.adapt(&user, support, Examples::none(&model.layout).items);
                let scores = model.predict_all(&adapted);
                assert_eq!(scores.len(), ITEMS);
                for (item, (score, expected)) in scores.iter().zip(&expected).enumerate() {
                    let off = (score - expected).abs();
                    assert!(off < 1e-4, "{scope:?} {hidden:?} [{item}] = {score}, expected {expected}");
                }
            }
        }
    }
}
