//! Weights that are not those of the manifest's model are refused.

use crate::files::*;
use crate::small::network_mut;
use fewclicks_model::bundle::{Bundle, BundleErrorKind, Precision};
use fewclicks_model::network::task::Rows;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::BTreeMap;

#[test]
fn parameters_rates_and_features_are_checked() {
    type Case = (fn() -> Bundle, fn(&mut Bundle), &'static str, BundleErrorKind);
    let cases: Vec<Case> = vec![
        (
            folded,
            |b| set_parameter(b, 3, f32::INFINITY),
            "item_bias",
            BundleErrorKind::NotFinite { index: 2, value: f32::INFINITY },
        ),
        (
            folded,
            |b| network_mut(b).model.rates[1] = f32::NEG_INFINITY,
            "rate.decision.0.weight",
            BundleErrorKind::NotFinite { index: 1, value: f32::NEG_INFINITY },
        ),
        (
            with_features,
            |b| network_mut(b).items.fields[1] = Rows::from_iter([&[0][..], &[0], &[3], &[0], &[0], &[0]]),
            "items.mood.rows",
            range("row 3", "rows below 3"),
        ),
        (
            with_features,
            |b| network_mut(b).items.fields[1] = Rows::identity(3),
            "items.mood.ends",
            range("other numbers", "6 ascending ends, the last one 3"),
        ),
        (with_features, |b| network_mut(b).items.bias[5] = 5, "items.bias", range("row 5", "rows below 5")),
        (with_features, |b| network_mut(b).items.bias = vec![0], "items.bias", shape("1", "6")),
    ];
    for (bundle, break_it, field, kind) in cases {
        let mut bundle = bundle();
        break_it(&mut bundle);
        assert_refused(&write(&bundle, Precision::F32), WEIGHTS, field, kind);
    }
}

#[test]
fn nan_is_refused() {
    for precision in [Precision::F32, Precision::F16] {
        let mut bundle = folded();
        set_parameter(&mut bundle, 0, f32::NAN);
        let error = read(&write(&bundle, precision)).unwrap_err();
        assert!(matches!(error.kind, BundleErrorKind::NotFinite { index: 0, value } if value.is_nan()), "{error}");
        assert_eq!(error.field, "mean");
    }
}

type Tensors = BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>;

#[test]
fn missing_misshaped_and_unknown_tensors_are_refused() {
    type Case = (fn(&mut Tensors), &'static str, BundleErrorKind);
    let cases: Vec<Case> = vec![
        (|t| drop(t.remove("mean")), "mean", BundleErrorKind::Missing),
        (|t| drop(t.remove("rate.decision.1.bias")), "rate.decision.1.bias", BundleErrorKind::Missing),
        (|t| drop(t.remove("items.mood.ends")), "items.mood.ends", BundleErrorKind::Missing),
        (|t| drop(t.insert("extra".into(), (Dtype::U8, vec![1], vec![0]))), "extra", BundleErrorKind::Unexpected),
        (|t| drop(t.insert("rate.mean".into(), t["mean"].clone())), "rate.mean", BundleErrorKind::Unexpected),
        (
            |t| t.get_mut("decision.0.weight").unwrap().1 = vec![5, 4],
            "decision.0.weight",
            shape("F32 [5, 4]", "F32 or F16 [4, 5]"),
        ),
        (|t| t.get_mut("item_bias").unwrap().0 = Dtype::I32, "item_bias", shape("I32 [5]", "F32 or F16 [5]")),
        (|t| t.get_mut("items.bias").unwrap().0 = Dtype::F32, "items.bias", shape("F32 [6]", "U32, a list")),
        (|t| t.get_mut("items.bias").unwrap().1 = vec![3, 2], "items.bias", shape("U32 [3, 2]", "U32, a list")),
        (
            // The first two of six ends are no longer ascending.
            |t| t.get_mut("items.mood.ends").unwrap().2.swap(0, 4),
            "items.mood.ends",
            range("other numbers", "6 ascending ends, the last one 7"),
        ),
    ];
    for (break_it, field, kind) in cases {
        let mut files = write(&with_features(), Precision::F32);
        let read = SafeTensors::deserialize(&files[WEIGHTS].1).unwrap();
        let own = |(name, view): (String, TensorView)| (name, (view.dtype(), view.shape().into(), view.data().into()));
        let mut tensors: Tensors = read.tensors().into_iter().map(own).collect();
        break_it(&mut tensors);
        let views = tensors
            .iter()
            .map(|(name, (dtype, shape, data))| (name, TensorView::new(*dtype, shape.clone(), data).unwrap()));
        let bytes = safetensors::serialize(views, None).unwrap();
        replace(&mut files, WEIGHTS, bytes);
        assert_refused(&files, WEIGHTS, field, kind);
    }
}
