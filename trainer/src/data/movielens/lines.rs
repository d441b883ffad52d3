//! Lines of the MovieLens files, whose fields are separated by `::`.

use crate::data::error::DataError;
use crate::data::source::{Encoding, Text};
use std::path::Path;

pub fn dat(folder: &Path, name: &str, encoding: Encoding) -> Result<Text, DataError> {
    let advice = "a MovieLens folder needs ratings.dat, users.dat and movies.dat";
    Text::read(folder.join(name), encoding, advice)
}

/// Split a line into exactly `N` fields.
pub fn fields<'t, const N: usize>(text: &Text, line: u64, row: &'t str) -> Result<[&'t str; N], DataError> {
    let mut fields = [""; N];
    let mut count = 0;
    for field in row.split("::") {
        if let Some(slot) = fields.get_mut(count) {
            *slot = field;
        }
        count += 1;
    }
    if count == N {
        return Ok(fields);
    }
    let expected = format!("{N} fields separated by \"::\"");
    Err(text.error(line, format!("{count}"), expected))
}
