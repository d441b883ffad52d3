//! A damaged bundle is refused, or serves a whole session: for every local update, in every precision.

use crate::damage::{damaged, damages, json_in, odd_numbers, with_node};
use crate::files::{CATALOGUE, MANIFEST, PRECISIONS, kinds, put, read, write};
use crate::pointers::pointers;
use crate::session::drive;
use fewclicks_model::bundle::Precision;
use proptest::prelude::*;
use std::cell::Cell;

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
                if let Ok(bundle) = read(&damaged(files.clone(), damages)) {
                    accepted.set(accepted.get() + u32::from(bundle != original));
                    drive(bundle);
                }
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
