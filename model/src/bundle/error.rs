//! Why a bundle is refused: file, field, and the rule it breaks.

use crate::compact::decimal::{decimal, whole};
use crate::compact::words::error_of_words;
use crate::network::layout::LayoutError;

/// A bundle that cannot be trusted.
#[derive(Clone, Debug, PartialEq)]
pub struct BundleError {
    /// The file's name.
    pub file: String,
    /// The field or tensor within it.
    pub field: String,
    pub rule: Rule,
}

/// What a bundle must keep to.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    Size { bytes: usize, expected: usize },
    TooLarge { bytes: usize, most: usize },
    NoMemory { bytes: usize },
    Hash { found: String, expected: String },
    Syntax(String),
    Unfit(String),
    Format { found: usize, expected: usize },
    FileName(String),
    Layout(LayoutError),
    Missing,
    Unexpected,
    Shape { found: String, expected: String },
    NotFinite { index: usize, value: f32 },
    Range { found: String, expected: String },
    Duplicate(String),
}

error_of_words!(BundleError, Rule);

impl BundleError {
    /// File, field, and what is wrong there.
    pub fn words(&self) -> String {
        [&self.file, ": ", &self.field, ": ", &self.rule.words()].concat()
    }
}

impl Rule {
    fn words(&self) -> String {
        let mixed = "was the file cut short, changed, or mixed with another bundle's?";
        match self {
            Rule::Size { bytes, expected } => {
                [&whole(*bytes), " bytes, expected ", &whole(*expected), ": ", mixed].concat()
            }
            Rule::TooLarge { bytes, most } => {
                [&whole(*bytes), " bytes, more than the ", &whole(*most), " a browser should be asked to read"].concat()
            }
            Rule::NoMemory { bytes } => [&whole(*bytes), " bytes, more than there is memory for"].concat(),
            Rule::Hash { found, expected } => ["SHA-256 is ", found, ", expected ", expected, ": ", mixed].concat(),
            Rule::Syntax(reason) => ["not valid: ", reason].concat(),
            Rule::Unfit(reason) => reason.clone(),
            Rule::Format { found, expected } => {
                let advice = "export the bundle with the same version of fewclicks";
                ["format ", &whole(*found), ", expected ", &whole(*expected), ": ", advice].concat()
            }
            Rule::FileName(name) => ["\"", name, "\", expected a plain file name without folders"].concat(),
            Rule::Layout(error) => error.words(),
            Rule::Missing => "missing".into(),
            Rule::Unexpected => "not part of this model".into(),
            Rule::NotFinite { index, value } => {
                ["number ", &whole(*index), " is ", &decimal((*value).into()), ", expected a finite one"].concat()
            }
            Rule::Shape { found, expected } | Rule::Range { found, expected } => {
                [found, ", expected ", expected].concat()
            }
            Rule::Duplicate(name) => ["\"", name, "\" stands twice"].concat(),
        }
    }
}

impl From<LayoutError> for Rule {
    fn from(error: LayoutError) -> Self {
        Rule::Layout(error)
    }
}

/// The error of one file. In one place: there are many rules, and a copy of this for each is long.
#[inline(never)]
pub(super) fn refuse(file: &str, field: &str, rule: Rule) -> Box<BundleError> {
    Box::new(BundleError { file: file.into(), field: field.into(), rule })
}
