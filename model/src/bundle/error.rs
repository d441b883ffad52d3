//! The errors of reading a bundle: file, field, what was found and what was expected.

use crate::compact::decimal::Decimal;
use crate::compact::node::SchemaError;
use crate::network::layout::LayoutError;

/// The reason why a bundle is invalid.
///
/// ```
/// use fewclicks_model::{Bundle, BundleErrorKind};
/// let error = Bundle::read(b"{\"format\": 1}", b"", b"").unwrap_err();
/// assert_eq!((error.file.as_str(), error.field.as_str()), ("manifest.json", "format"));
/// assert!(matches!(error.kind, BundleErrorKind::Format { found: 1, .. }));
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {field}: {kind}")]
#[non_exhaustive]
pub struct BundleError {
    /// The name of the file.
    pub file: String,
    /// The field or tensor of the file.
    pub field: String,
    /// What is wrong.
    pub kind: BundleErrorKind,
}

impl BundleError {
    /// Create the error of a field of a file.
    pub fn new(file: impl Into<String>, field: impl Into<String>, kind: BundleErrorKind) -> Self {
        Self { file: file.into(), field: field.into(), kind }
    }

    /// Create the error of a JSON file with the wrong structure. The path of the error is relative to `field`, which is
    /// empty for the whole document.
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

/// What is wrong with a field of a bundle.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleErrorKind {
    /// A file does not have the size in the manifest.
    #[error("{bytes} bytes, expected {expected}: {CHANGED}")]
    Size {
        /// The size of the file, in bytes.
        bytes: usize,
        /// The size in the manifest, in bytes.
        expected: usize,
    },
    /// A file is larger than the maximum.
    #[error("{bytes} bytes, more than the {max} a browser should be asked to read")]
    TooLarge {
        /// The size of the file, in bytes.
        bytes: usize,
        /// The maximum, in bytes.
        max: usize,
    },
    /// There is not enough memory for a file.
    #[error("{bytes} bytes, more than there is memory for")]
    NoMemory {
        /// The size of the file, in bytes.
        bytes: usize,
    },
    /// A file does not have the SHA-256 in the manifest.
    #[error("SHA-256 is {found}, expected {expected}: {CHANGED}")]
    Hash {
        /// The SHA-256 of the file, in lower-case hexadecimal.
        found: String,
        /// The SHA-256 in the manifest.
        expected: String,
    },
    /// A file is not JSON or safetensors; the message of the parser.
    #[error("not valid: {0}")]
    Syntax(String),
    /// A JSON field is missing, unknown or of another type; what was found and what was expected.
    #[error("{0}")]
    Schema(String),
    /// The bundle has another format version.
    #[error("format {found}, expected {expected}: export the bundle again with the same version of fewclicks")]
    Format {
        /// The version of the bundle.
        found: usize,
        /// The version that this crate reads.
        expected: usize,
    },
    /// A file name (given here) has other characters than ASCII letters, digits, `-`, `_` and `.`, or begins with `.`.
    #[error("\"{0}\", expected a plain file name without folders")]
    FileName(String),
    /// The architecture is invalid.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A tensor or a field is missing.
    #[error("missing")]
    Missing,
    /// A tensor or a field is not part of the model.
    #[error("not part of this model")]
    Unexpected,
    /// A tensor has another type or shape.
    #[error("{found}, expected {expected}")]
    Shape {
        /// The type and shape of the tensor.
        found: String,
        /// The type and shape that the architecture needs.
        expected: String,
    },
    /// A number is not finite.
    #[error("number {index} is {}, expected a finite one", Decimal::from(*.value))]
    NotFinite {
        /// The index of the number in the tensor.
        index: usize,
        /// The number.
        value: f32,
    },
    /// A value is outside its range.
    #[error("{found}, expected {expected}")]
    Range {
        /// The value.
        found: String,
        /// The range.
        expected: String,
    },
    /// A name (given here) that must be unique is not.
    #[error("\"{0}\" occurs more than once")]
    Duplicate(String),
}

/// The advice where a file does not match the manifest.
const CHANGED: &str = "was the file cut short, changed, or mixed with another bundle's?";
