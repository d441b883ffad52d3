//! Fields of a manifest that models of both kinds have, and their errors.

use super::error::{BundleError, BundleErrorKind};
use super::manifest::MANIFEST;
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

/// Return the error of a field of the manifest.
pub(super) fn error(field: &str, kind: BundleErrorKind) -> BundleError {
    BundleError::new(MANIFEST, field, kind)
}

/// Return the error that the value of a field of the manifest is outside its range.
pub(super) fn range(field: &str, found: &str, expected: &str) -> Result<(), BundleError> {
    Err(error(field, BundleErrorKind::Range { found: found.into(), expected: expected.into() }))
}
