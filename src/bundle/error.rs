//! Why a bundle is refused: file, field, and the rule it breaks.

use crate::decimal::decimal;
use crate::layout::LayoutError;

/// A bundle that cannot be trusted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {field}: {rule}")]
pub struct BundleError {
    /// The file's name.
    pub file: String,
    /// The field or tensor within it.
    pub field: String,
    pub rule: Rule,
}

/// What a bundle must keep to.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Rule {
    #[error("{bytes} bytes, expected {expected}: was the file cut short or mixed with another bundle's?")]
    Size { bytes: usize, expected: usize },
    #[error("{bytes} bytes, more than the {most} a browser should be asked to read")]
    TooLarge { bytes: usize, most: usize },
    #[error("{bytes} bytes, more than there is memory for")]
    NoMemory { bytes: usize },
    #[error("SHA-256 is {found}, expected {expected}: was the file changed or mixed with another bundle's?")]
    Hash { found: String, expected: String },
    #[error("not valid: {0}")]
    Syntax(String),
    #[error("{0}")]
    Unfit(String),
    #[error("format {found}, expected {expected}: export the bundle with the same version of fewclicks")]
    Format { found: usize, expected: usize },
    #[error("\"{0}\", expected a plain file name without folders")]
    FileName(String),
    #[error(transparent)]
    Layout(#[from] LayoutError),
    #[error("missing")]
    Missing,
    #[error("not part of this model")]
    Unexpected,
    #[error("{found}, expected {expected}")]
    Shape { found: String, expected: String },
    #[error("number {index} is {}, expected a finite one", decimal((*value).into()))]
    NotFinite { index: usize, value: f32 },
    #[error("{found}, expected {expected}")]
    Range { found: String, expected: String },
    #[error("\"{0}\" stands twice")]
    Duplicate(String),
}

/// The error of one file. In one place: there are many rules, and a copy of this for each is long.
#[inline(never)]
pub(super) fn refuse(file: &str, field: &str, rule: Rule) -> Box<BundleError> {
    Box::new(BundleError { file: file.into(), field: field.into(), rule })
}
