//! The rows of a table, of all its files one after another.

use super::csv::CsvReader;
use super::files::{Kind, TableFile, file_name};
use super::format::Format;
use super::json::JsonReader;
use super::parquet::ParquetReader;
use super::record::Record;
use crate::data::error::DataError;
use crate::data::source::Source;
use std::path::{Path, PathBuf};

/// A column to read.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub name: &'a str,
    /// Whether every row needs it: JSON lines may lack the others.
    pub needed: bool,
}

/// Reads one file.
pub trait Reader {
    /// Return the index of each wanted column in the file.
    fn order(&self) -> &[usize];

    /// Return the names of the columns that are not wanted.
    fn unread(&self) -> &[String];

    /// Read the wanted cells of the next row into `record`, and return the number of its line, or of the row where there
    /// are no lines.
    ///
    /// # Errors
    /// Return an error if the row cannot be read. The next call goes on after it, or returns `None` if that is impossible.
    fn next(&mut self, record: &mut Record) -> Result<Option<u64>, DataError>;
}

/// The files of a table with the lines before each: the location of a row is its line in all files put together.
#[derive(Clone, Debug)]
pub struct Places {
    files: Vec<TableFile>,
    /// Location at which each file that was opened begins.
    bases: Vec<u64>,
    /// Location of the last row.
    last: u64,
}

/// An iterator over the rows of a table.
pub struct Rows<'a> {
    places: Places,
    format: &'a Format,
    wanted: Vec<Wanted<'a>>,
    reader: Option<Box<dyn Reader>>,
    order: Vec<usize>,
    unread: Vec<String>,
}

impl<'a> Rows<'a> {
    /// Open the first file that is not empty.
    ///
    /// # Errors
    /// Return an error if it cannot be opened, all files are empty, or a wanted column is missing.
    pub fn open(files: Vec<TableFile>, format: &'a Format, wanted: Vec<Wanted<'a>>) -> Result<Self, DataError> {
        let mut rows = Self {
            places: Places { files, bases: Vec::new(), last: 0 },
            format,
            wanted,
            reader: None,
            order: Vec::new(),
            unread: Vec::new(),
        };
        rows.open_next()?;
        match &rows.reader {
            Some(reader) => (rows.order, rows.unread) = (reader.order().to_vec(), reader.unread().to_vec()),
            None => return Err(DataError::new(rows.path(), "an empty file", "at least one line")),
        }
        Ok(rows)
    }

    /// Return the index of each wanted column in the first file.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Return the names of the first file's columns that are not wanted.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Read the next row, and return its location.
    ///
    /// # Errors
    /// As [`Reader::next`], or if the next file cannot be opened.
    pub fn next(&mut self, record: &mut Record) -> Result<Option<u64>, DataError> {
        loop {
            let Some(reader) = &mut self.reader else { return Ok(None) };
            if let Some(line) = reader.next(record)? {
                let Places { bases, last, .. } = &mut self.places;
                *last = bases.last().copied().unwrap_or_default() + line;
                return Ok(Some(*last));
            }
            self.reader = None;
            self.open_next()?;
        }
    }

    fn open_next(&mut self) -> Result<(), DataError> {
        let Places { files, bases, last } = &mut self.places;
        while let Some(file) = files.get(bases.len()) {
            bases.push(*last);
            self.reader = match file.kind {
                Kind::Csv => CsvReader::open(file, self.format, &self.wanted)?.map(boxed),
                Kind::Jsonl => JsonReader::open(file, self.format, &self.wanted)?.map(boxed),
                Kind::Parquet => Some(boxed(ParquetReader::open(file, &self.wanted)?)),
            };
            if self.reader.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Return the files, as far as rows were read.
    pub fn into_places(self) -> Places {
        self.places
    }
}

impl Places {
    /// Return the files of several ranks, given theirs and those of all in the order of the ranks; `of_ranks` are the bases and the
    /// last location of each rank.
    pub fn of_ranks(files: Vec<TableFile>, of_ranks: Vec<(Vec<u64>, u64)>) -> Self {
        let mut all = Self { files, bases: Vec::new(), last: 0 };
        for (bases, last) in of_ranks {
            all.bases.extend(bases.iter().map(|base| all.last + base));
            all.last += last;
        }
        all
    }

    /// Return the bases and the last location.
    pub fn locations(&self) -> (Vec<u64>, u64) {
        (self.bases.clone(), self.last)
    }

    /// Return the index of the file of a location.
    pub fn file_of(&self, at: u64) -> usize {
        self.bases.partition_point(|&base| base < at).saturating_sub(1)
    }

    /// Return the path of a file.
    pub fn path_of(&self, file: usize) -> &Path {
        &self.files[file].path
    }

    /// Return the file of a location, and the line in it.
    fn locate(&self, at: u64) -> (&Path, u64) {
        let file = self.file_of(at);
        (&self.files[file].path, at - self.bases.get(file).copied().unwrap_or_default())
    }
}

fn boxed(reader: impl Reader + 'static) -> Box<dyn Reader> {
    Box::new(reader)
}

impl Source for Rows<'_> {
    fn path(&self) -> &Path {
        self.places.path()
    }

    fn error_at(&self, at: u64, found: Box<str>, expected: Box<str>) -> DataError {
        self.places.error_at(at, found, expected)
    }

    fn place(&self, at: u64, seen_from: u64) -> String {
        self.places.place(at, seen_from)
    }
}

impl Source for Places {
    fn path(&self) -> &Path {
        &self.files[0].path
    }

    fn error_at(&self, at: u64, found: Box<str>, expected: Box<str>) -> DataError {
        let (path, line) = self.locate(at);
        DataError::new(path, found, expected).at_line(line)
    }

    fn place(&self, at: u64, seen_from: u64) -> String {
        let (path, line) = self.locate(at);
        let unit = if self.files[0].kind == Kind::Parquet { "in row" } else { "on line" };
        match path == self.locate(seen_from).0 {
            true => format!("{unit} {line}"),
            false => format!("{unit} {line} of {}", file_name(&PathBuf::from(path))),
        }
    }
}
