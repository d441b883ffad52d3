//! The values of a feature field, and their embedding rows.

use crate::math::name_index::NameIndex;
use serde::Serialize;

/// The embedding row of all unknown and missing values.
pub const UNKNOWN: u32 = 0;

/// The known values of one field: value k has row k + 1, all other values have row [`UNKNOWN`].
///
/// ```
/// use fewclicks_model::Vocabulary;
/// let genres = Vocabulary::new("genre", vec!["Drama".into(), "War".into()]);
/// assert_eq!(genres.row("War"), Some(2));
/// assert_eq!(genres.encode(["War", "Opera", "Drama"]), [1, 2]);
/// assert_eq!(genres.encode(["Opera"]), [0]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vocabulary {
    name: String,
    values: Vec<String>,
    #[serde(skip)]
    index: NameIndex,
}

impl Vocabulary {
    /// Create the vocabulary of the field `name`; `values` are in the order of their rows and should be distinct.
    pub fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        let index = NameIndex::new(&values);
        Self { name: name.into(), values, index }
    }

    /// Return the field's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Return the known values, in the order of their rows.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Return the number of rows of the field's embedding table: the known values and [`UNKNOWN`].
    pub fn table_rows(&self) -> usize {
        self.values.len() + 1
    }

    /// Return the row of a known value, `None` for an unknown one.
    pub fn row(&self, value: &str) -> Option<u32> {
        Some(UNKNOWN + 1 + self.index.find(&self.values, value)? as u32)
    }

    /// Return the distinct rows of the known ones among `values`, ascending; [`UNKNOWN`] alone where none is known.
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
