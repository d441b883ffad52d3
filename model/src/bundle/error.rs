//! Why a bundle is refused: file, field, and what is wrong there.

use crate::compact::decimal::Decimal;
use crate::compact::node::SchemaError;
use crate::network::layout::LayoutError;

/// A bundle that cannot be trusted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {field}: {kind}")]
#[non_exhaustive]
pub struct BundleError {
    /// The file's name.
    pub file: String,
    /// The field or tensor within it.
    pub field: String,
    /// What is wrong.
    pub kind: BundleErrorKind,
}

impl BundleError {
    /// An error of a field of a file.
    pub fn new(file: impl Into<String>, field: impl Into<String>, kind: BundleErrorKind) -> Self {
        Self { file: file.into(), field: field.into(), kind }
    }

    /// An error of a JSON file that is not what it should be, within `field` where that is not empty.
    pub fn schema(file: &str, field: &str, SchemaError { path, reason, .. }: SchemaError) -> Self {
        let field = match (field, path.as_str()) {
            ("", "") => "JSON".into(),
            ("", path) => path.into(),
            (field, "") => field.into(),
            (field, path) => format!("{field}.{path}"),
        };
        Self::new(file, field, BundleErrorKind::Schema(reason))
    }
}

/// What is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleErrorKind {
    /// A file is shorter or longer than the manifest says.
    #[error("{bytes} bytes, expected {expected}: {CHANGED}")]
    #[allow(missing_docs, reason = "the message names them")]
    Size { bytes: usize, expected: usize },
    /// A file is larger than a bundle's may be.
    #[error("{bytes} bytes, more than the {max} a browser should be asked to read")]
    #[allow(missing_docs, reason = "the message names them")]
    TooLarge { bytes: usize, max: usize },
    /// There is no memory for a file.
    #[error("{bytes} bytes, more than there is memory for")]
    #[allow(missing_docs, reason = "the message names them")]
    NoMemory { bytes: usize },
    /// A file's SHA-256 is not what the manifest says.
    #[error("SHA-256 is {found}, expected {expected}: {CHANGED}")]
    #[allow(missing_docs, reason = "the message names them")]
    Hash { found: String, expected: String },
    /// A file cannot be parsed.
    #[error("not valid: {0}")]
    Syntax(String),
    /// A field of JSON is missing, unknown or of another kind.
    #[error("{0}")]
    Schema(String),
    /// The bundle has another format.
    #[error("format {found}, expected {expected}: export the bundle again with the same version of fewclicks")]
    #[allow(missing_docs, reason = "the message names them")]
    Format { found: usize, expected: usize },
    /// A file's name could lead out of the bundle's folder.
    #[error("\"{0}\", expected a plain file name without folders")]
    FileName(String),
    /// The architecture makes no model.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A tensor or a field is not there.
    #[error("missing")]
    Missing,
    /// A tensor or a field is there that the model does not have.
    #[error("not part of this model")]
    Unexpected,
    /// A tensor has another type or shape.
    #[error("{found}, expected {expected}")]
    #[allow(missing_docs, reason = "the message names them")]
    Shape { found: String, expected: String },
    /// A number is infinite or none.
    #[error("number {index} is {}, expected a finite one", Decimal::from(*.value))]
    #[allow(missing_docs, reason = "the message names them")]
    NotFinite { index: usize, value: f32 },
    /// A value lies outside its range.
    #[error("{found}, expected {expected}")]
    #[allow(missing_docs, reason = "the message names them")]
    Range { found: String, expected: String },
    /// A name that must be unique is not.
    #[error("\"{0}\" stands twice")]
    Duplicate(String),
}

const CHANGED: &str = "was the file cut short, changed, or mixed with another bundle's?";
