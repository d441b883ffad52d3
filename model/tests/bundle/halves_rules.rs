//! The default model is read as it was written, in at most 400 bytes an item; what breaks a rule is refused.

use crate::files::*;
use crate::small;
use fewclicks_model::bundle::{Bundle, BundleErrorKind, Catalogue, Item, Precision};
use fewclicks_model::halves::{Asking, Halves, Incidence, Neighbours, Stars, Table};
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::{Answer, Visitor};
use serde_json::{Value, json};
use std::sync::Arc;

fn halves(bundle: &mut Bundle) -> &mut Halves {
    match &mut bundle.model {
        Recommender::Halves(halves) => halves,
        Recommender::Network(_) => panic!("a network, expected halves"),
    }
}

fn asking(bundle: &mut Bundle) -> &mut Asking {
    halves(bundle).asking.as_mut().expect("what to ask by")
}

fn stars(bundle: &mut Bundle) -> &mut Stars {
    halves(bundle).stars.as_mut().expect("a stars half")
}

#[test]
fn what_was_written_is_read() {
    for bundle in [small::halves(), small::halves_of_picks()] {
        assert_eq!(read(&write(&bundle, Precision::F32)).unwrap(), bundle);
        // The numbers of the small model are few halves and quarters: two bytes are enough.
        assert_eq!(read(&write(&bundle, Precision::F16)).unwrap(), bundle);
    }
}

/// Proves that predictions with a byte per number differ by less than a hundredth of the scale.
#[test]
fn a_byte_per_number_is_enough() {
    let scores = |bundle: Bundle| {
        let mut visitor = Visitor::new(Arc::new(bundle), 1);
        visitor.answer("pho", Answer::Like).unwrap();
        visitor.answer("sorbet", Answer::Rating(2.0)).unwrap();
        ["ramen", "udon", "brownie"].map(|id| visitor.predict(id).unwrap())
    };
    for bundle in [small::halves(), small::halves_of_picks()] {
        let stored = read(&write(&bundle, Precision::Int8)).unwrap();
        assert_ne!(stored, bundle, "numbers are rounded");
        for (stored, full) in scores(stored).into_iter().zip(scores(bundle)) {
            assert!((stored - full).abs() < 0.04, "{stored}, expected {full}");
        }
    }
}

/// Proves that the default model of a large catalogue, with all its tables, takes at most 400 bytes an item: 96 columns,
/// 16 factors, 50 and 20 neighbours, and 500 candidates to ask about.
#[test]
fn an_item_takes_at_most_four_hundred_bytes() {
    const ITEMS: usize = 4000;
    let mut bundle = small::halves();
    let numbers = |width: usize| (0..ITEMS * width).map(|i| (i * 7919 % 1009) as f32 / 1009.0 - 0.5).collect();
    let table = |width: usize| Table::new(width, numbers(width));
    let by_level = |width: usize| vec![0.5; 6 * width];
    let neighbours = |count: usize| {
        let mut neighbours = Neighbours::default();
        for item in 0..ITEMS {
            let list: Vec<(u32, f32)> = (1..=count).map(|i| (((item + i) % ITEMS) as u32, i as f32)).collect();
            neighbours.push(&list);
        }
        neighbours
    };
    let choice = &mut halves(&mut bundle).choice;
    (choice.vectors, choice.bias) = (table(96), numbers(1));
    (choice.gates, choice.answer) = (by_level(96), by_level(96));
    (choice.count, choice.rates) = (Table::new(96, vec![0.0; 21 * 96]), vec![0.5; 2 * 96]);
    (choice.start, choice.start_mean) = (vec![0.0; 96], vec![0.0; 96]);
    choice.user_fields = vec![Table::new(96, vec![0.0; 3 * 96])];
    choice.neighbours = neighbours(50);
    let incidence = || Incidence { share: vec![0.5; 500], vectors: Table::new(16, vec![0.125; 500 * 16]) };
    let items = (0..500).map(|i| i * 8).collect();
    *asking(&mut bundle) = Asking { items, known: incidence(), liked: incidence(), liked_strength: vec![0.5; 16] };
    let stars = stars(&mut bundle);
    (stars.vectors, stars.context) = (table(16), table(17));
    (stars.bias, stars.audience, stars.variance) = (numbers(1), numbers(1), vec![0.5; ITEMS]);
    stars.precision = (0..17 * 17).map(|i| if i % 18 == 0 { 2.0 } else { 0.0 }).collect();
    stars.user_fields = vec![Table::new(17, vec![0.0; 3 * 17])];
    stars.neighbours = neighbours(20);
    let items: Vec<Item> = (0..ITEMS).map(|i| Item { id: i.to_string(), ..Item::default() }).collect();
    bundle.catalogue = Catalogue::new(&items, Vec::new()).unwrap();
    let files = bundle.write(&items, Precision::Int8);
    let bytes = files[WEIGHTS].1.len() / ITEMS;
    assert!(bytes <= 400, "{bytes} bytes an item");
    read(&files).unwrap();
}

#[test]
fn a_description_that_breaks_a_rule_is_refused() {
    let positive = "found 0, expected a number from 0.000001 to 65504";
    let cases: Vec<(&str, Value, &str, BundleErrorKind)> = vec![
        ("/model/kind", json!("tree"), "model.kind", schema("found \"tree\", expected one of network, halves")),
        ("/model/rate", json!(1), "model.rate", schema("unknown, expected only kind, choice, stars")),
        ("/model/choice/width", json!(0), "model.choice.width", schema("found 0, expected a number from 1 to 4096")),
        (
            "/model/choice/steps",
            json!(1001),
            "model.choice.steps",
            schema("found 1001, expected a number from 0 to 1000"),
        ),
        ("/model/choice/counts", json!(0), "model.choice.counts", schema("found 0, expected a number from 1 to 4096")),
        (
            "/model/choice/kappa",
            json!(-0.5),
            "model.choice.kappa",
            schema("found -0.5, expected a number from 0 to 65504"),
        ),
        ("/model/choice/weights", json!([1, 2]), "model.choice.weights", schema("found a list, expected six numbers")),
        (
            "/model/choice/weights/5",
            json!(1e39),
            "model.choice.weights[5]",
            schema("expected a number from -65504 to 65504"),
        ),
        ("/model/choice/surprise", json!(1), "model.choice.surprise", schema("unknown, expected only width")),
        (
            "/model/stars/factors",
            json!(257),
            "model.stars.factors",
            schema("found 257, expected a number from 1 to 256"),
        ),
        ("/model/asking/factors", json!(0), "model.asking.factors", schema("found 0, expected a number from 1 to 256")),
        ("/model/stars/noise", json!(0), "model.stars.noise", schema(positive)),
        ("/model/stars/context_shrinkage", json!(0), "model.stars.context_shrinkage", schema(positive)),
        ("/model/stars/weight", json!(-1), "model.stars.weight", schema("found -1, expected a number from 0 to 65504")),
    ];
    for (pointer, value, field, kind) in cases {
        let mut files = write(&small::halves(), Precision::F32);
        files[MANIFEST].1 = changed(&files[MANIFEST].1, pointer, value);
        assert_refused(&files, MANIFEST, field, kind);
    }
}

#[test]
fn weights_that_break_a_rule_are_refused() {
    type Case = (fn(&mut Bundle), &'static str, BundleErrorKind);
    let limits = "numbers from -65504 to 65504";
    let definite = "a symmetric positive definite one";
    let cases: Vec<Case> = vec![
        (
            |b| halves(b).choice.bias[3] = f32::NAN,
            "choice.bias",
            BundleErrorKind::NotFinite { index: 3, value: f32::NAN },
        ),
        (|b| halves(b).choice.start[1] = 1e6, "choice.start", range("1000000", limits)),
        (|b| halves(b).choice.bias.truncate(5), "choice.bias", shape("F32 [5]", "F32 or F16 [6]")),
        (|b| halves(b).choice.vectors = Table::new(2, vec![-1e9; 12]), "choice.vectors", range("-1000000000", limits)),
        (|b| stars(b).variance[0] = -0.5, "stars.variance", range("-0.5", "numbers from 0 to 65504")),
        (|b| stars(b).precision[1] = 0.25, "stars.precision", range("another matrix", definite)),
        (|b| stars(b).precision[0] = 0.03125, "stars.precision", range("another matrix", definite)),
        (|b| stars(b).neighbours.items[0] = 6, "stars.neighbours.items", range("row 6", "rows below 6")),
        (|b| asking(b).known.share[2] = 1.5, "asking.known.share", range("1.5", "shares from 0 to 1")),
        (|b| asking(b).liked_strength[0] = -1.0, "asking.liked_strength", range("-1", "numbers from 0 to 65504")),
        (|b| asking(b).items[3] = 6, "asking.items", range("row 6", "rows below 6")),
        (|b| asking(b).items[1] = 3, "asking.items", range("3 before 3", "ascending numbers")),
        (
            |b| asking(b).liked.vectors = Table::new(2, vec![0.5; 6]),
            "asking.liked.vectors",
            shape("F32 [3, 2]", "F32 or F16 [4, 2]"),
        ),
        (
            |b| halves(b).choice.neighbours.push(&[]),
            "choice.neighbours.counts",
            range("7 with the sum 5", "6 counts with the sum 5"),
        ),
        (
            |b| halves(b).choice.neighbours.strengths.truncate(4),
            "choice.neighbours.strengths",
            shape("F32 [4]", "F32 or F16 [5]"),
        ),
    ];
    for (break_it, field, kind) in cases {
        let mut bundle = small::halves();
        break_it(&mut bundle);
        let files = write(&bundle, Precision::F32);
        let error = read(&files).expect_err(field);
        assert_eq!(error.field, field, "{error}");
        assert_eq!(format!("{:?}", error.kind), format!("{kind:?}"), "{error}");
    }
}
