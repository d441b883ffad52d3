//! What was written is read, in every precision.

use crate::files::{flat, kinds, read, write};
use crate::small;
use fewclicks_model::adapt::{LocalUpdate, Rates};
use fewclicks_model::bundle::{Bundle, Precision};
use fewclicks_model::network::layout::{Role, Side};
use fewclicks_model::recommender::Recommender;
use fewclicks_model::visitor::{Answer, Visitor};
use std::sync::Arc;

/// Return the bundle with these rates said to be learned, where there is a choice: of gradient steps.
fn with_rates(bundle: &Bundle, rates: Rates) -> Bundle {
    let mut bundle = bundle.clone();
    if let LocalUpdate::Gradient(gradient) = &mut small::network_mut(&mut bundle).model.update {
        gradient.rates = rates;
    }
    bundle
}

#[test]
fn what_was_written_is_read() {
    let networks = kinds().into_iter().filter(|(_, bundle)| matches!(bundle.model, Recommender::Network(_)));
    let bundles = networks.flat_map(|(_, bundle)| {
        let [mut fixed, per_layer] = [Rates::Fixed, Rates::PerLayer].map(|rates| with_rates(&bundle, rates));
        small::network_mut(&mut fixed).model.rates.fill(0.3);
        [bundle, fixed, per_layer]
    });
    for bundle in bundles {
        assert_eq!(read(&write(&bundle, Precision::F32)).unwrap(), bundle);

        let half = read(&write(&bundle, Precision::F16)).unwrap();
        let theta = [&half, &bundle].map(flat);
        let rates = [&half, &bundle].map(|bundle| small::network(bundle).model.rates.clone());
        for (name, [half, full]) in [("theta", theta), ("rates", rates)] {
            for (i, (half, full)) in half.iter().zip(&full).enumerate() {
                let off = (half - full).abs();
                assert!(off <= full.abs() / 1024.0, "{name}[{i}] = {half}, expected {full}");
            }
        }
        let (mut half, model) = (half, small::network(&bundle).model.clone());
        let half_model = &mut small::network_mut(&mut half).model;
        assert_ne!(half_model.theta, model.theta, "half the precision was asked for");
        (half_model.theta, half_model.rates) = (model.theta, model.rates);
        assert_eq!(half, bundle, "all but the numbers is the same");
    }
}

#[test]
fn a_table_in_bytes_is_off_by_half_a_step_of_its_row() {
    let bundle = small::picks();
    let read = read(&write(&bundle, Precision::Int8)).unwrap();
    for tensor in &small::network(&bundle).model.layout.tensors {
        let [stored, full] = [&read, &bundle].map(|bundle| flat(bundle)[tensor.range()].to_vec());
        let of_items = matches!(tensor.role, Role::ImplicitFeedback | Role::Embedding(Side::Item, _));
        let width = if of_items { tensor.shape[1] } else { 1 };
        for (stored, full) in stored.chunks(width).zip(full.chunks(width)) {
            let largest = full.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
            let allowed = if of_items { largest / 127.0 * 0.501 } else { largest / 1024.0 };
            for (stored, full) in stored.iter().zip(full) {
                assert!((stored - full).abs() <= allowed, "{}: {stored}, expected {full}", tensor.name);
            }
        }
    }
    let scores = |bundle: Bundle| {
        let mut visitor = Visitor::new(Arc::new(bundle), 1);
        visitor.answer("pho", Answer::Like).unwrap();
        ["ramen", "udon", "brownie"].map(|id| visitor.predict(id).unwrap())
    };
    for (stored, full) in scores(read).into_iter().zip(scores(bundle)) {
        assert!((stored - full).abs() < 0.02, "{stored}, expected {full}");
    }
}
