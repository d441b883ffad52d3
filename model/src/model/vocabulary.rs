//! Feature fields as data has them, and how their values become embedding rows.

use crate::compact::name_index::NameIndex;
use serde::Serialize;

/// The row of every unknown or missing value.
pub const UNKNOWN: u32 = 0;

/// The values of one field that have a row of their own: value k has row k + 1; row [`UNKNOWN`] is for all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vocabulary {
    name: String,
    values: Vec<String>,
    #[serde(skip)]
    index: NameIndex,
}

impl Vocabulary {
    /// The vocabulary of the field `name`, its values in the order of their rows.
    pub fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        let index = NameIndex::new(&values);
        Self { name: name.into(), values, index }
    }

    /// The field's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The values, in the order of their rows.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Number of rows of the field's embedding table.
    pub fn table_rows(&self) -> usize {
        self.values.len() + 1
    }

    /// The row of a value that has one of its own.
    pub fn row(&self, value: &str) -> Option<u32> {
        Some(UNKNOWN + 1 + self.index.find(&self.values, value)? as u32)
    }

    /// The rows of an entity with these values, ascending, each once, at least one.
    pub fn encode<'a>(&self, values: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
        let mut rows: Vec<u32> = values.into_iter().filter_map(|value| self.row(value)).collect();
        rows.sort_unstable();
        rows.dedup();
        if rows.is_empty() {
            rows.push(UNKNOWN);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_missing_values_share_row_zero() {
        let genres = Vocabulary::new("genre", vec!["Drama".into(), "War".into()]);
        assert_eq!(genres.encode(["War", "Opera", "Drama", "War"]), [1, 2]);
        assert_eq!(genres.encode(["Opera"]), [UNKNOWN]);
        assert_eq!(genres.encode([]), [UNKNOWN]);
        assert_eq!(genres.table_rows(), 3);
    }
}
