//! The error of all readers: file, line and column, what was found, and what was expected.

use std::fmt;
use std::path::Path;

/// A file of the site's data that cannot be read as it is.
///
/// Displayed as one line, such as
/// `ratings.csv:17: column "rating": found "9", expected a number from 1 to 5`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DataError {
    /// Path as the caller wrote it, with the file's name.
    pub file: Box<Path>,
    /// Line number, from 1; of a Parquet file the number of the row.
    pub line: Option<u64>,
    /// Name of the column, if the error is in one.
    pub column: Option<Box<str>>,
    /// What was found.
    pub found: Box<str>,
    /// What was expected.
    pub expected: Box<str>,
    /// What to do, where `expected` does not say it.
    pub advice: Option<Box<str>>,
    /// What the cause may be. It is the error's source, so that it is printed after the error.
    #[source]
    pub guess: Option<Box<Guess>>,
}

/// What may be the cause of an error, and what to write in `schema.toml` if it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Guess(Box<str>);

impl DataError {
    pub(crate) fn new(file: &Path, found: impl Into<Box<str>>, expected: impl Into<Box<str>>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
            found: found.into(),
            expected: expected.into(),
            advice: None,
            guess: None,
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

    pub(crate) fn guess(mut self, guess: impl Into<Box<str>>) -> Self {
        self.guess = Some(Box::new(Guess(guess.into())));
        self
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        let rows = self.file.extension().is_some_and(|extension| extension == "parquet");
        match self.line {
            Some(row) if rows => write!(f, ": row {row}")?,
            Some(line) => write!(f, ":{line}")?,
            None => {}
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

/// Quote a value for a message: on one line, and cut to 60 characters.
pub(super) fn quoted(value: &str) -> String {
    const MAX_CHARS: usize = 60;
    match value.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{:?}…", &value[..end]),
        None => format!("{value:?}"),
    }
}

/// Split a parser's message into what was found and what was expected; `expected` is used where the message has none.
pub(super) fn split_message<'a>(message: &'a str, expected: &'a str) -> (&'a str, &'a str) {
    message.split_once(", expected ").unwrap_or((message, expected))
}
