//! Ids of a table while it is read: which row has which id, and on which line it stood.

use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::source::Text;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// Distinct ids in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct Ids {
    ids: Vec<String>,
    /// Looked up twice for every rating: the standard library's hash would take a fifth of all reading.
    rows: HashMap<String, u32, RandomState>,
    lines: Vec<u64>,
}

impl Ids {
    /// Gives `id` the next row; refuses an empty id and one that already has a row.
    pub fn add(&mut self, text: &Text, line: u64, column: &str, id: &str) -> Result<u32, DataError> {
        if id.is_empty() {
            return Err(text.error(line, "nothing", "an id").in_column(column));
        }
        if let Some(row) = self.row(id) {
            let first = self.lines[row as usize];
            let found = format!("{} again (first on line {first})", quoted(id));
            return Err(text.error(line, found, "an id of its own on every line").in_column(column));
        }
        let row = self.ids.len() as u32;
        self.ids.push(id.to_owned());
        self.rows.insert(id.to_owned(), row);
        self.lines.push(line);
        Ok(row)
    }

    pub fn row(&self, id: &str) -> Option<u32> {
        self.rows.get(id).copied()
    }

    pub fn id(&self, row: u32) -> &str {
        &self.ids[row as usize]
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn into_vec(self) -> Vec<String> {
        self.ids
    }
}
