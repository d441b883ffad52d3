//! A damaged bundle is refused, or serves a whole session: for every local update, in every precision.

use crate::damage::{damaged, damages, json_in, odd_numbers, with_node};
use crate::files::{CATALOGUE, MANIFEST, PRECISIONS, flat, folded, kinds, put, read, set_parameter, write};
use crate::pointers::pointers;
use crate::session::{drive, serve_or_refuse};
use fewclicks_model::bundle::Precision;
use fewclicks_model::visitor::{Answer, Visitor, VisitorError};
use proptest::prelude::*;
use std::cell::Cell;
use std::sync::Arc;

/// Damaged bundles per local update and precision.
const CASES: u32 = 70;

#[test]
fn damage_is_an_error_or_a_bundle_that_works() {
    for (kind, bundle) in kinds() {
        let accepted = Cell::new(0);
        for precision in PRECISIONS {
            let kind = format!("{kind} {precision:?}");
            let files = write(&bundle, precision);
            let original = read(&files).unwrap();
            drive(original.clone());
            proptest!(ProptestConfig::with_cases(CASES), |(_kind in Just(&kind), damages in damages())| {
                let served = serve_or_refuse(damaged(files.clone(), damages));
                accepted.set(accepted.get() + u32::from(served.is_some_and(|bundle| bundle != original)));
            });
        }
        assert!(accepted.get() > 0, "{kind}: no damaged bundle was read");
    }
}

#[test]
fn odd_numbers_are_an_error_or_a_bundle_that_works() {
    for (_, bundle) in kinds() {
        let files = write(&bundle, Precision::F32);
        for file in [CATALOGUE, MANIFEST] {
            let json = json_in(file, &files[file].1).unwrap();
            for pointer in pointers(&json).iter().filter(|pointer| json.pointer(pointer).unwrap().is_number()) {
                for number in odd_numbers() {
                    let mut files = files.clone();
                    let content = with_node(file, &files[file].1, pointer, number);
                    put(&mut files, file, content);
                    if let Ok(bundle) = read(&files) {
                        drive(bundle);
                    }
                }
            }
        }
    }
}

/// Finite parameters whose scores are not: no list is made of them.
#[test]
fn scores_that_are_not_finite_are_an_error() {
    let mut bundle = folded();
    for index in 0..flat(&bundle).len() {
        set_parameter(&mut bundle, index, f32::MAX);
    }
    let mut visitor = Visitor::new(Arc::new(read(&write(&bundle, Precision::F32)).unwrap()), 1);
    let first = visitor.bundle().catalogue.id(0).to_owned();
    assert_eq!(visitor.check_finite(), Err(VisitorError::NotFinite(first.clone())));
    visitor.answer(&first, Answer::Like).unwrap();
    assert!(visitor.check_finite().is_err());
    let mut sound = Visitor::new(Arc::new(folded()), 1);
    assert_eq!(sound.check_finite(), Ok(()));
}
