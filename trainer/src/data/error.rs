//! The one error of all readers: where it is, what is there, what should be there.

use std::fmt;
use std::path::Path;

/// A file of the site's data that cannot be used as it is.
///
/// Displayed as one line:
/// `ratings.csv:17: column "rating": found "9", expected a number from 1 to 5`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DataError {
    /// As the caller wrote it, with the file's name.
    pub file: Box<Path>,
    /// Counted from 1.
    pub line: Option<u64>,
    /// Name of the column, where the error is in one.
    pub column: Option<Box<str>>,
    pub found: Box<str>,
    pub expected: Box<str>,
    /// What to do, where `expected` alone does not say it.
    pub advice: Option<Box<str>>,
}

impl DataError {
    pub(crate) fn new(file: &Path, found: impl Into<Box<str>>, expected: impl Into<Box<str>>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
            found: found.into(),
            expected: expected.into(),
            advice: None,
        }
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.into());
        self
    }

    pub(crate) fn advise(mut self, advice: impl Into<Box<str>>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": column {column:?}")?;
        }
        write!(f, ": found {}, expected {}", self.found, self.expected)?;
        if let Some(advice) = &self.advice {
            write!(f, "; {advice}")?;
        }
        Ok(())
    }
}

/// A value as messages show it: quoted, on one line, and not longer than a line can bear.
pub(super) fn quoted(value: &str) -> String {
    const LONGEST: usize = 60;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &value[..end]),
        None => format!("{value:?}"),
    }
}

/// A parser's message as what was found and what was expected, where it says both.
pub(super) fn told<'a>(message: &'a str, expected: &'a str) -> (&'a str, &'a str) {
    message.split_once(", expected ").unwrap_or((message, expected))
}
