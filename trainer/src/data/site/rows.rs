//! Rows of a CSV file with their line numbers.

use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::source::{Encoding, Text, line_of};
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use std::path::Path;

/// Advice where a file is missing.
pub const NEEDED: &str = "a site's folder needs schema.toml, items.csv, ratings.csv or picks.csv as schema.toml has \
                          [ratings] or [picks], and users.csv where it has [users]";

/// Read one of a site's CSV files.
pub fn text(folder: &Path, name: &str) -> Result<Text, DataError> {
    Text::read(folder.join(name), Encoding::Utf8, NEEDED)
}

/// A CSV file with a header. Spaces around values are removed.
pub struct Rows<'t> {
    text: &'t Text,
    reader: Reader<&'t [u8]>,
    header: StringRecord,
    record: StringRecord,
    /// The last offset whose line number was computed, and that number.
    at: (usize, u64),
}

impl<'t> Rows<'t> {
    /// Read the header.
    pub fn new(text: &'t Text) -> Result<Self, DataError> {
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.text.as_bytes());
        let mut rows = Self { text, reader, header: StringRecord::new(), record: StringRecord::new(), at: (0, 1) };
        rows.advance()?;
        rows.header = rows.record.clone();
        Ok(rows)
    }

    /// Return the index of the column called `name`.
    pub fn column(&self, name: &str) -> Result<usize, DataError> {
        let mut places = (0..self.header.len()).filter(|&at| &self.header[at] == name);
        let header = || self.header.iter().collect::<Vec<_>>().join(",");
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => {
                let found = format!("two columns of this name in {}", quoted(&header()));
                Err(self.text.error(1, found, "one").in_column(name))
            }
            (None, _) => {
                let found = format!("no such column in {}", quoted(&header()));
                Err(self
                    .text
                    .error(1, found, "it in the header")
                    .in_column(name)
                    .advise("add it or name another column in schema.toml"))
            }
        }
    }

    /// Return the next record and its line number, or `None` at the end.
    ///
    /// # Errors
    /// Return an error if it has not as many fields as the header.
    pub fn next(&mut self) -> Result<Option<(u64, &StringRecord)>, DataError> {
        if !self.advance()? {
            return Ok(None);
        }
        let (fields, columns) = (self.record.len(), self.header.len());
        let line = self.line();
        if fields != columns {
            let expected = format!("{columns} as in the header");
            return Err(self
                .text
                .error(line, format!("{fields} fields"), expected)
                .advise("put values with commas or quotes into quotes"));
        }
        Ok(Some((line, &self.record)))
    }

    fn advance(&mut self) -> Result<bool, DataError> {
        self.reader
            .read_record(&mut self.record)
            .map_err(|error| DataError::new(&self.text.path, error.to_string(), "CSV"))
    }

    /// Return the line of the current record. The reader's own count precedes the line ending and blank lines, so it
    /// would name an earlier line.
    fn line(&mut self) -> u64 {
        let bytes = self.text.text.as_bytes();
        let position = self.record.position().map_or(0, |position| position.byte());
        let endings = bytes[position as usize..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = position as usize + endings;
        let (known, line) = self.at;
        self.at = (start, line + line_of(&bytes[known..], start - known) - 1);
        self.at.1
    }
}
