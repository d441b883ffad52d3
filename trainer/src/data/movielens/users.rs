//! Reads `users.dat`.

use super::codebook;
use super::lines::{dat, fields};
use crate::data::dataset::{Column, ColumnKind, Table};
use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::ids::Ids;
use crate::data::source::{Encoding, Text};
use std::path::Path;

/// Read the users; their ids are returned apart from the table.
pub fn read(folder: &Path) -> Result<(Ids, Table), DataError> {
    let text = dat(folder, "users.dat", Encoding::Utf8OrLatin1)?;
    let mut ids = Ids::default();
    let mut columns = ["gender", "age", "occupation", "zip"].map(|name| Column::new(name, ColumnKind::Categorical));
    for (line, row) in text.lines() {
        let [id, gender, age, occupation, zip] = fields(&text, line, row)?;
        ids.add(&text, line, "user", id)?;
        let words = [
            code(&text, line, "gender", gender, codebook::gender, "F or M")?,
            code(&text, line, "age", age, codebook::age, "1, 18, 25, 35, 45, 50 or 56")?,
            code(&text, line, "occupation", occupation, codebook::occupation, "0 to 20")?,
            zip,
        ];
        for (column, word) in columns.iter_mut().zip(words) {
            let known = !word.is_empty();
            column.values.push(known.then(|| word.to_owned()).into_iter().collect());
        }
    }
    let table = Table { columns: columns.into(), ..Table::default() };
    Ok((ids, table))
}

fn code(
    text: &Text,
    line: u64,
    column: &str,
    code: &str,
    words: fn(&str) -> Option<&'static str>,
    codes: &str,
) -> Result<&'static str, DataError> {
    words(code).ok_or_else(|| text.error(line, quoted(code), format!("one of the codes {codes}")).in_column(column))
}
