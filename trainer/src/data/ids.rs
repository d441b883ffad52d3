//! Ids of a table while it is read: the row and the location of each id.

use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::source::Source;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Distinct ids in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct Ids {
    ids: Vec<String>,
    /// Looked up twice per rating; with the standard library's hash this would take a fifth of the reading time.
    rows: HashMap<String, u32, RandomState>,
    lines: Vec<u64>,
}

impl Ids {
    /// Add `id` as the next row, and return the row.
    ///
    /// # Errors
    /// Return an error if the id is empty or has a row already.
    pub fn add(&mut self, source: &dyn Source, at: u64, column: &str, id: &str) -> Result<u32, DataError> {
        if id.is_empty() {
            return Err(source.error_at(at, "nothing".into(), "an id".into()).in_column(column));
        }
        if let Some(row) = self.row(id) {
            let first = source.place(self.lines[row as usize], at);
            let found = format!("{} again (first {first})", quoted(id));
            let error = source.error_at(at, found.into(), "an id of its own on every line".into());
            return Err(error.in_column(column));
        }
        let row = self.ids.len() as u32;
        self.ids.push(id.to_owned());
        self.rows.insert(id.to_owned(), row);
        self.lines.push(at);
        Ok(row)
    }

    pub fn row(&self, id: &str) -> Option<u32> {
        self.rows.get(id).copied()
    }

    pub fn id(&self, row: u32) -> &str {
        &self.ids[row as usize]
    }

    /// Return the row of `id`, which is the next one if it has none.
    pub fn row_or_add(&mut self, id: &str) -> u32 {
        self.row(id).unwrap_or_else(|| {
            let row = self.ids.len() as u32;
            self.ids.push(id.to_owned());
            self.rows.insert(id.to_owned(), row);
            row
        })
    }

    /// Remove the ids from row `row` on, and return them.
    pub fn split_off(&mut self, row: usize) -> Vec<String> {
        let removed = self.ids.split_off(row);
        for id in &removed {
            self.rows.remove(id);
        }
        self.lines.truncate(row);
        removed
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn into_vec(self) -> Vec<String> {
        self.ids
    }
}
