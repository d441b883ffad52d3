//! How the files of a table are written, as `schema.toml` states it.

use super::files::Kind;
use encoding_rs::Encoding;

/// The format of a table's files. What is not stated is the default.
#[derive(Clone, Debug)]
pub struct Format {
    /// Names or patterns of the files, relative to the folder; empty if they go by the table's name.
    pub files: Vec<String>,
    /// The kind of the files; `None` if it goes by the extension.
    pub kind: Option<Kind>,
    /// Text between two cells of a line; `None` if it goes by the extension.
    pub separator: Option<String>,
    /// Character around cells, if any.
    pub quote: Option<u8>,
    /// Character before a quote that is part of a quoted cell, besides doubling the quote.
    pub escape: Option<u8>,
    /// Encoding of the text; `None` for UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// Decimal point.
    pub decimal: char,
    /// Names of the columns of files whose first line is data; `None` if the first line has them.
    pub columns: Option<Vec<String>>,
    /// Cells that mean that there is no value, besides empty ones; `None` if nothing is stated.
    pub missing: Option<Vec<String>>,
    /// Table of `schema.toml` to write such keys in, for messages, such as `[ratings]`.
    pub table: &'static str,
}

impl Format {
    /// The separator of CSV files of this extension.
    pub fn separator(&self, extension: &str) -> &str {
        let default = if matches!(extension, "tsv" | "tab") { "\t" } else { "," };
        self.separator.as_deref().unwrap_or(default)
    }

    /// Return whether `cell` means that there is no value.
    pub fn is_missing(&self, cell: &str) -> bool {
        cell.is_empty() || self.missing.iter().flatten().any(|word| word == cell)
    }

    /// Parse a number, with the stated decimal point.
    pub fn number(&self, cell: &str) -> Option<f64> {
        if self.decimal == '.' {
            return cell.parse().ok();
        }
        // A point would be a thousands separator.
        if cell.contains('.') {
            return None;
        }
        cell.replace(self.decimal, ".").parse().ok()
    }
}
