//! Keys of `schema.toml` that every table has: how its files are written.

use super::super::table::Format;
use crate::data::error::DataError;
use encoding_rs::Encoding;
use serde::Deserialize;
use std::path::Path;

/// One text or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
pub enum Texts {
    One(String),
    Several(Vec<String>),
}

/// Declare the struct of a table of `schema.toml`: its own keys, and those of its files.
macro_rules! table_of_schema {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $($(#[$field_attribute:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_attribute])* pub $field: $type,)*
            file: Option<crate::data::site::keys::Texts>,
            format: Option<crate::data::table::Kind>,
            separator: Option<String>,
            quote: Option<String>,
            escape: Option<String>,
            encoding: Option<String>,
            decimal: Option<String>,
            header: Option<bool>,
            columns: Option<Vec<String>>,
            missing: Option<Vec<String>>,
        }

        impl $name {
            /// Return the keys of the table's files.
            pub fn files(&self) -> crate::data::site::keys::FileKeys<'_> {
                crate::data::site::keys::FileKeys {
                    file: self.file.as_ref(),
                    format: self.format,
                    separator: self.separator.as_deref(),
                    quote: self.quote.as_deref(),
                    escape: self.escape.as_deref(),
                    encoding: self.encoding.as_deref(),
                    decimal: self.decimal.as_deref(),
                    header: self.header,
                    columns: self.columns.as_deref(),
                    missing: self.missing.as_deref(),
                }
            }
        }
    };
}
pub(super) use table_of_schema;

/// The keys of a table's files, as they are stated.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileKeys<'s> {
    pub file: Option<&'s Texts>,
    pub format: Option<crate::data::table::Kind>,
    pub separator: Option<&'s str>,
    pub quote: Option<&'s str>,
    pub escape: Option<&'s str>,
    pub encoding: Option<&'s str>,
    pub decimal: Option<&'s str>,
    pub header: Option<bool>,
    pub columns: Option<&'s [String]>,
    pub missing: Option<&'s [String]>,
}

impl FileKeys<'_> {
    /// Return the format; what is not stated for the table is taken from `all`, the keys for all tables.
    ///
    /// # Errors
    /// Return an error that names the key.
    pub fn format(&self, all: &Self, table: &'static str, path: &Path) -> Result<Format, DataError> {
        let wrong = |key: &str, value: &str, expected: &str| {
            let found = format!("{table} {key} = {value:?}");
            DataError::new(path, found, expected)
        };
        let byte = |key: &str, value: Option<&str>, default: Option<u8>| match value {
            None => Ok(default),
            Some("") => Ok(None),
            Some(text) => match text.as_bytes() {
                &[byte] => Ok(Some(byte)),
                _ => Err(wrong(key, text, "one ASCII character, or \"\" for none")),
            },
        };
        let separator = self.separator.or(all.separator);
        if separator.is_some_and(|separator| separator.is_empty() || separator.contains(['\n', '\r', '"'])) {
            return Err(wrong("separator", separator.unwrap_or_default(), "a text such as \",\", \";\" or \"\\t\""));
        }
        let encoding = match self.encoding.or(all.encoding) {
            None => None,
            Some(name) => Some(by_name(name).ok_or_else(|| {
                wrong("encoding", name, "the name of an encoding, such as utf-8, latin-1, windows-1252 or utf-16")
            })?),
        };
        let decimal = match self.decimal.or(all.decimal) {
            None | Some(".") => '.',
            Some(",") => ',',
            Some(other) => return Err(wrong("decimal", other, "\".\" or \",\"")),
        };
        let columns = match (self.header.or(all.header), self.columns) {
            (Some(false), Some(columns)) => Some(columns.to_vec()),
            (Some(false), None) => {
                let error = DataError::new(path, format!("{table} header = false"), "columns = [...] beside it");
                return Err(error.advise("name the columns in the order of the file"));
            }
            (_, Some(_)) => {
                let error = DataError::new(path, format!("{table} columns"), "header = false beside it");
                return Err(error.advise("without it, the first line names the columns"));
            }
            (_, None) => None,
        };
        Ok(Format {
            files: match self.file {
                None => Vec::new(),
                Some(Texts::One(file)) => vec![file.clone()],
                Some(Texts::Several(files)) => files.clone(),
            },
            kind: self.format,
            separator: separator.map(str::to_owned),
            quote: byte("quote", self.quote.or(all.quote), Some(b'"'))?,
            escape: byte("escape", self.escape.or(all.escape), None)?,
            encoding,
            decimal,
            columns,
            missing: self.missing.or(all.missing).map(<[String]>::to_vec),
            table,
        })
    }
}

/// Return the encoding of a name; dashes are optional, as in `latin-1`, which is read as Windows-1252 as in browsers.
fn by_name(name: &str) -> Option<&'static Encoding> {
    let known = |name: &str| Encoding::for_label_no_replacement(name.as_bytes());
    known(name).or_else(|| known(&name.replace(['-', '_'], "")))
}
