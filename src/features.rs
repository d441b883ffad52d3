//! Feature fields as data has them, and how their values become embedding rows.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The row of every unknown or missing value.
pub const UNKNOWN: u32 = 0;

/// The values of one field that have a row of their own: value k has row k + 1; row [`UNKNOWN`] is for all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Named", into = "Named")]
pub struct Vocabulary {
    name: String,
    values: Vec<String>,
    rows: HashMap<String, u32>,
}

impl Vocabulary {
    pub fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        let rows = values.iter().cloned().zip(UNKNOWN + 1..).collect();
        Self { name: name.into(), values, rows }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// In the order of their rows.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Rows of the field's embedding table.
    pub fn table_rows(&self) -> usize {
        self.values.len() + 1
    }

    pub fn contains(&self, value: &str) -> bool {
        self.rows.contains_key(value)
    }

    /// The rows of an entity with these values, each once; never none.
    pub fn encode<'a>(&self, values: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
        let mut rows: Vec<u32> = values.into_iter().filter_map(|value| self.rows.get(value).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        if rows.is_empty() {
            rows.push(UNKNOWN);
        }
        rows
    }
}

/// A [`Vocabulary`] as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    values: Vec<String>,
}

impl From<Named> for Vocabulary {
    fn from(named: Named) -> Self {
        Self::new(named.name, named.values)
    }
}

impl From<Vocabulary> for Named {
    fn from(vocabulary: Vocabulary) -> Self {
        Self { name: vocabulary.name, values: vocabulary.values }
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
