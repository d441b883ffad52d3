//! A catalogue that breaks a rule is refused.

use crate::files::*;
use fewclicks_model::bundle::{BundleErrorKind, Precision};
use serde_json::{Value, json};

#[test]
fn a_catalogue_that_breaks_a_rule_is_refused() {
    type Case = (fn(&mut Value), usize, &'static str, BundleErrorKind);
    let cases: [Case; 5] = [
        (|c| c["items"] = json!([]), CATALOGUE, "items", BundleErrorKind::Missing),
        (|c| c["items"][5]["id"] = json!("pho"), CATALOGUE, "items", BundleErrorKind::Duplicate("pho".into())),
        (|c| c["candidates"][1]["item"] = json!(6), CATALOGUE, "candidates[1]", range("item 6", "a number below 6")),
        (
            |c| c["candidates"][3] = c["candidates"][1].clone(),
            CATALOGUE,
            "candidates[3]",
            BundleErrorKind::Duplicate("brownie".into()),
        ),
        (
            |c| drop(c["items"].as_array_mut().unwrap().pop()),
            WEIGHTS,
            "architecture",
            shape(
                "1 item fields, 6 rows, 6 biases, 5 starts",
                "1 item field with 5 rows, and as many biases and starts, if any",
            ),
        ),
    ];
    for (break_it, file, field, kind) in cases {
        let mut files = write(&folded(), Precision::F32);
        let mut catalogue = json_of(&files[CATALOGUE].1);
        break_it(&mut catalogue);
        replace(&mut files, CATALOGUE, catalogue.to_string().into());
        assert_refused(&files, file, field, kind);
    }
}
