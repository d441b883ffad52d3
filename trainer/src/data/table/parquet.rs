//! Reads a Parquet file, of the wanted columns alone, batch by batch.

use super::files::TableFile;
use super::open::open_parquet;
use super::parquet_cells::{Cells, Meaning};
use super::record::Record;
use super::rows::{Reader, Wanted};
use crate::data::error::{DataError, quoted};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::path::PathBuf;

/// Rows that are decoded at a time.
const BATCH: usize = 4096;

pub struct ParquetReader {
    path: PathBuf,
    file: SerializedFileReader<File>,
    columns: Vec<Column>,
    order: Vec<usize>,
    unread: Vec<String>,
    /// Next row group.
    group: usize,
    /// Rows returned; of the current group, those not decoded yet; of the current batch, those not returned yet.
    row: u64,
    undecoded: usize,
    decoded: usize,
}

/// A wanted column.
struct Column {
    name: String,
    /// Index among the leaves of the file's schema.
    leaf: usize,
    meaning: Meaning,
    cells: Cells,
}

impl ParquetReader {
    /// Open a file and find the wanted columns.
    ///
    /// # Errors
    /// Return an error if the file is not a whole Parquet file, or has not all wanted columns.
    pub fn open(file: &TableFile, wanted: &[Wanted]) -> Result<Self, DataError> {
        let path = file.path.clone();
        let opened = SerializedFileReader::new(open_parquet(file)?).map_err(|error| {
            DataError::new(&path, error.to_string(), "a whole Parquet file").advise("write the file again")
        })?;
        let schema = opened.metadata().file_metadata().schema_descr_ptr();
        let names: Vec<String> =
            schema.root_schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
        let mut columns = Vec::new();
        for column in wanted {
            let leaves: Vec<usize> = (0..schema.num_columns())
                .filter(|&leaf| {
                    let parts = schema.column(leaf).path().parts().to_vec();
                    parts[0] == column.name || parts.join(".") == column.name
                })
                .collect();
            let error = |found: String, expected: &str| DataError::new(&path, found, expected).in_column(column.name);
            let &[leaf] = &leaves[..] else {
                return Err(match leaves.is_empty() {
                    true => {
                        let found = format!("no such column in {}", quoted(&names.join(",")));
                        error(found, "it in the file").advise("add it or name another column in schema.toml")
                    }
                    false => {
                        let inner = schema.column(leaves[0]).path().string();
                        error("a column of several parts".into(), "one of values or lists of values")
                            .advise(format!("name a part of it, such as {inner}"))
                    }
                });
            };
            let leaf_column = schema.column(leaf);
            let meaning = Meaning::of(&leaf_column).ok_or_else(|| {
                error(format!("values of type {}", leaf_column.physical_type()), "texts, numbers or dates")
            })?;
            if leaf_column.max_rep_level() > 1 {
                return Err(error("lists of lists".into(), "values or lists of values"));
            }
            columns.push(Column { name: column.name.to_owned(), leaf, meaning, cells: Cells::default() });
        }
        let order = columns.iter().map(|column| column.leaf).collect();
        let read = |name: &str| columns.iter().any(|column| schema.column(column.leaf).path().parts()[0] == name);
        let unread = names.iter().filter(|name| !read(name)).cloned().collect();
        Ok(Self { path, file: opened, columns, order, unread, group: 0, row: 0, undecoded: 0, decoded: 0 })
    }

    /// Decode the next batch; return whether there is one.
    fn decode(&mut self) -> Result<bool, DataError> {
        while self.undecoded == 0 {
            if self.group == self.file.num_row_groups() {
                return Ok(false);
            }
            let broken = |error: ::parquet::errors::ParquetError| damaged(&self.path, self.row, &error.to_string());
            let group = self.file.get_row_group(self.group).map_err(broken)?;
            for column in &mut self.columns {
                column.cells.open(group.get_column_reader(column.leaf).map_err(broken)?);
            }
            self.undecoded = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            self.group += 1;
        }
        let schema = self.file.metadata().file_metadata().schema_descr_ptr();
        let batch = self.undecoded.min(BATCH);
        for column in &mut self.columns {
            let levels = schema.column(column.leaf);
            let levels = [levels.max_def_level(), levels.max_rep_level()];
            let decoded = column
                .cells
                .decode(batch, levels, column.meaning)
                .map_err(|error| damaged(&self.path, self.row, &error).in_column(&column.name))?;
            if decoded != batch {
                return Err(damaged(&self.path, self.row, "a column with fewer rows than the others"));
            }
        }
        self.undecoded -= batch;
        self.decoded = batch;
        Ok(true)
    }
}

/// Return the error of a file that cannot be decoded after `row` rows.
fn damaged(path: &std::path::Path, row: u64, found: &str) -> DataError {
    let error = DataError::new(path, found, "a whole Parquet file").at_line(row + 1);
    match found.contains("Disabled feature") {
        true => error.advise("write it with another compression: snappy, gzip, zstd or lz4"),
        false => error,
    }
}

impl Reader for ParquetReader {
    fn order(&self) -> &[usize] {
        &self.order
    }

    fn unread(&self) -> &[String] {
        &self.unread
    }

    fn next(&mut self, record: &mut Record) -> Result<Option<u64>, DataError> {
        if self.decoded == 0 {
            match self.decode() {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => {
                    // What follows cannot be found.
                    (self.group, self.undecoded) = (self.file.num_row_groups(), 0);
                    return Err(error);
                }
            }
        }
        record.clear();
        self.decoded -= 1;
        self.row += 1;
        for column in &mut self.columns {
            let cell = column.cells.next();
            match cell {
                Some(cell) => record.push(cell),
                None => {
                    let error = DataError::new(&self.path, "bytes that are no UTF-8 text", "a text").at_line(self.row);
                    return Err(error.in_column(&column.name));
                }
            }
        }
        Ok(Some(self.row))
    }
}
