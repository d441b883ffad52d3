//! Reads a CSV file.
//!
//! A quoted cell may span lines. A quote inside it is doubled, or preceded by the escape character. One that is neither, and
//! that no separator follows, is text if its cell has one line (`"24" monitor"`); in a cell of several lines it is refused, as
//! the cell's own quote is then likely one that was never closed. The `csv` crate reads both without a word.

use super::files::TableFile;
use super::format::Format;
use super::guess;
use super::lines::Lines;
use super::record::Record;
use super::rows::{Reader, Wanted};
use crate::data::error::{DataError, quoted};
use std::path::{Path, PathBuf};

pub struct CsvReader {
    path: PathBuf,
    lines: Lines,
    parser: Parser,
    /// Number of columns, and which of them are wanted.
    columns: usize,
    /// What has their names.
    named_by: &'static str,
    wanted: Vec<usize>,
    unread: Vec<String>,
}

/// The characters of the format, and the row that was parsed last.
struct Parser {
    separator: String,
    quote: Option<u8>,
    escape: Option<u8>,
    row: Record,
}

impl CsvReader {
    /// Open a file and find the wanted columns; `None` if it is empty.
    ///
    /// # Errors
    /// Return an error if a wanted column is not in the header.
    pub fn open(file: &TableFile, format: &Format, wanted: &[Wanted]) -> Result<Option<Self>, DataError> {
        let separator = format.separator(&file.extension).to_owned();
        let parser = Parser { separator, quote: format.quote, escape: format.escape, row: Record::default() };
        let path = file.path.clone();
        let mut reader = Self {
            path,
            lines: Lines::open(file, format)?,
            parser,
            columns: 0,
            named_by: if format.columns.is_some() { "columns of schema.toml" } else { "the header" },
            wanted: Vec::new(),
            unread: Vec::new(),
        };
        let header = reader.lines.peek().to_owned();
        let names = match &format.columns {
            Some(names) => names.clone(),
            None => match reader.parser.parse(&mut reader.lines, &reader.path)? {
                None => return Ok(None),
                Some(_) => (0..reader.parser.row.len()).map(|index| reader.parser.row.get(index).to_owned()).collect(),
            },
        };
        reader.columns = names.len();
        for column in wanted {
            let index = reader.find((&header, &names), column, wanted, format)?;
            reader.wanted.push(index);
        }
        reader.unread = names.into_iter().filter(|name| wanted.iter().all(|column| column.name != name)).collect();
        Ok(Some(reader))
    }

    fn find(
        &mut self,
        (header, names): (&str, &[String]),
        column: &Wanted,
        wanted: &[Wanted],
        format: &Format,
    ) -> Result<usize, DataError> {
        let mut indices = (0..names.len()).filter(|&index| names[index] == column.name);
        let error = |found: String, expected: &str| {
            let error = DataError::new(&self.path, format!("{found} in {}", quoted(header)), expected);
            match format.columns {
                None => error.at_line(1).in_column(column.name),
                Some(_) => error.in_column(column.name),
            }
        };
        match (indices.next(), indices.next()) {
            (Some(index), None) => Ok(index),
            (Some(_), Some(_)) => Err(error("two columns of this name".into(), "one")),
            (None, _) => {
                let expected =
                    if format.columns.is_none() { "it in the header" } else { "it in columns of schema.toml" };
                let error =
                    error("no such column".into(), expected).advise("add it or name another column in schema.toml");
                let next = self.lines.next().ok().flatten().map(|(_, line)| line.trim_end().to_owned());
                Err(match guess::header(header, next.as_deref(), column.name, wanted, format) {
                    Some(guess) => error.guess(guess),
                    None => error,
                })
            }
        }
    }
}

impl Reader for CsvReader {
    fn order(&self) -> &[usize] {
        &self.wanted
    }

    fn unread(&self) -> &[String] {
        &self.unread
    }

    fn next(&mut self, record: &mut Record) -> Result<Option<u64>, DataError> {
        let Some(line) = self.parser.parse(&mut self.lines, &self.path)? else { return Ok(None) };
        let found = self.parser.row.len();
        if found != self.columns {
            let expected = format!("{} as in {}", self.columns, self.named_by);
            return Err(DataError::new(&self.path, format!("{found} fields"), expected)
                .at_line(line)
                .advise("put values with commas or quotes into quotes"));
        }
        record.clear();
        self.wanted.iter().for_each(|&index| record.push(self.parser.row.get(index)));
        Ok(Some(line))
    }
}

impl Parser {
    /// Parse the next row that is not blank, and return the number of its first line.
    fn parse(&mut self, lines: &mut Lines, path: &Path) -> Result<Option<u64>, DataError> {
        self.row.clear();
        loop {
            let Some((first, line)) = lines.next()? else { return Ok(None) };
            let row = line.trim_end_matches(['\n', '\r']);
            if row.trim().is_empty() && !row.contains(&self.separator) {
                continue;
            }
            match self.quote {
                Some(quote) if memchr::memchr(quote, row.as_bytes()).is_some() => {
                    let line = line.to_owned();
                    self.quoted_row(line, first, lines, path)?;
                }
                _ => self.plain_row(row),
            }
            return Ok(Some(first));
        }
    }

    /// Split a row without quotes.
    fn plain_row(&mut self, row: &str) {
        if let &[separator] = self.separator.as_bytes() {
            let mut start = 0;
            for end in memchr::memchr_iter(separator, row.as_bytes()).chain([row.len()]) {
                self.row.push(&row[start..end]);
                start = end + 1;
            }
        } else {
            row.split(&*self.separator).for_each(|cell| self.row.push(cell));
        }
    }

    /// Split a row that has a quote; it goes on over the following lines while a quoted cell does.
    fn quoted_row(&mut self, mut line: String, first: u64, lines: &mut Lines, path: &Path) -> Result<(), DataError> {
        let quote = self.quote.unwrap_or_default();
        let mut number = first;
        let mut at = 0;
        loop {
            let rest = &line[at..];
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let blanks = if self.separator.starts_with([' ', '\t']) { 0 } else { blanks };
            if rest.as_bytes().get(blanks) != Some(&quote) {
                // A plain cell; quotes in it are text.
                let row = rest.trim_end_matches(['\n', '\r']);
                let (cell, next) = match row.split_once(&*self.separator) {
                    Some((cell, _)) => (cell, Some(at + cell.len() + self.separator.len())),
                    None => (row, None),
                };
                self.row.push(cell);
                match next {
                    Some(next) => at = next,
                    None => return Ok(()),
                }
                continue;
            }
            let (opened, mut copied) = (number, at + blanks + 1);
            let mut from = copied;
            let after = loop {
                let special = |&byte: &u8| byte == quote || Some(byte) == self.escape;
                let Some(found) = line.as_bytes()[from..].iter().position(special).map(|found| from + found) else {
                    self.row.text().push_str(&line[copied..]);
                    let never = || {
                        DataError::new(path, "a quote that is never closed", "another after the value's end")
                            .at_line(opened)
                            .advise("close it, or double it where it is part of the value")
                    };
                    match lines.next()? {
                        None => return Err(never()),
                        Some((next, text)) => (number, line) = (next, text.to_owned()),
                    }
                    (copied, from) = (0, 0);
                    continue;
                };
                let bytes = line.as_bytes();
                let doubled = bytes[found] == quote && bytes.get(found + 1) == Some(&quote);
                if doubled || bytes[found] != quote {
                    self.row.text().push_str(&line[copied..found]);
                    // What follows is text, whatever it is.
                    copied = found + 1;
                    from = found + 1 + line[found + 1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                let rest = &line[found + 1..];
                let trimmed = match self.separator.starts_with([' ', '\t']) {
                    true => rest,
                    false => rest.trim_start_matches([' ', '\t']),
                };
                let ends = trimmed.is_empty() || trimmed.starts_with(['\n', '\r']);
                if ends || trimmed.starts_with(&*self.separator) {
                    self.row.text().push_str(&line[copied..found]);
                    let separator = line.len() - trimmed.len();
                    break (!ends).then(|| separator + self.separator.len());
                }
                if number != opened {
                    let found = format!("a quote that is not closed before the next one, on line {number}");
                    let error = DataError::new(path, found, "another after the value's end").at_line(opened);
                    return Err(error.advise("close it, or double the quotes that are part of the value"));
                }
                from = found + 1;
            };
            self.row.end();
            match after {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }
}
