//! Fields of a manifest that models of both kinds have, and their errors.

use super::error::{BundleError, BundleErrorKind};
use super::manifest::MANIFEST;
use crate::compact::decimal::Decimal;
use crate::compact::node::Node;
use crate::model::readout::Readout;
use crate::model::scale::Scale;
use crate::model::vocabulary::Vocabulary;

pub(super) fn scale(node: &Node<'_>) -> Scale {
    node.expect_only(&["min", "max", "like", "dislike"]);
    let number = |name| node.field(name).number() as f32;
    Scale { min: number("min"), max: number("max"), like: number("like"), dislike: number("dislike") }
}

pub(super) fn readout(node: &Node<'_>) -> Readout {
    let knot = |node: &Node<'_>| {
        let numbers = node.list(|number| number.number() as f32);
        numbers.try_into().unwrap_or_else(|_| node.expected("two numbers"))
    };
    Readout { knots: node.list(knot) }
}

pub(super) fn vocabulary(node: &Node<'_>) -> Vocabulary {
    node.expect_only(&["name", "values"]);
    Vocabulary::new(node.field("name").string(), node.field("values").list(|value| value.string()))
}

/// Check the knots of a read-out at `field`.
pub(super) fn check_readout(field: &str, readout: Option<&Readout>) -> Result<(), BundleError> {
    let expected = "2 to 256 pairs of finite numbers, strictly ascending in both";
    if readout.is_none_or(Readout::is_valid) { Ok(()) } else { range(field, "other knots", expected) }
}

/// Check that κ or another number at `field` is finite and 0 or more.
pub(super) fn check_not_negative(field: &str, number: f64) -> Result<(), BundleError> {
    if number >= 0.0 && number.is_finite() {
        return Ok(());
    }
    range(field, &Decimal(number).to_string(), "a finite number, 0 or more")
}

/// Check that the vocabularies are those of `expected`, pairs of a name and a number of rows.
pub(super) fn check_user_fields<'a>(
    vocabularies: &[Vocabulary],
    expected: impl Iterator<Item = (&'a str, usize)>,
) -> Result<(), BundleError> {
    let described = |(name, rows): (&str, usize)| format!("{name} with {rows} rows");
    let found: Vec<String> = vocabularies.iter().map(|v| described((v.name(), v.table_rows()))).collect();
    let expected: Vec<String> = expected.map(described).collect();
    if found == expected {
        return Ok(());
    }
    let kind = BundleErrorKind::Shape { found: found.join(", "), expected: expected.join(", ") };
    Err(error("user_fields", kind))
}

/// Return the error of a field of the manifest.
pub(super) fn error(field: &str, kind: BundleErrorKind) -> BundleError {
    BundleError::new(MANIFEST, field, kind)
}

/// Return the error that the value of a field of the manifest is outside its range.
pub(super) fn range(field: &str, found: &str, expected: &str) -> Result<(), BundleError> {
    Err(error(field, BundleErrorKind::Range { found: found.into(), expected: expected.into() }))
}
