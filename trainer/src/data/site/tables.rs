//! Reads the tables of items and users.

use super::schema::{FieldSchema, Kind};
use crate::data::dataset::{Column, Table};
use crate::data::days;
use crate::data::error::{DataError, quoted};
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::source::Source;
use crate::data::table::{ELEMENT, Format, Record, Rows, TableFile, Wanted, file_name};
use std::collections::{BTreeMap, HashSet};

/// The columns of a table that are read.
pub struct Columns<'s> {
    pub id: &'s str,
    pub title: Option<&'s str>,
    pub fields: &'s BTreeMap<String, FieldSchema>,
    /// What its rows are called.
    pub noun: &'static str,
}

/// Read a table; its ids are returned apart from it.
pub fn read(
    files: Vec<TableFile>,
    format: &Format,
    columns: &Columns,
    findings: &mut Findings,
) -> Result<(Ids, Table), DataError> {
    let needed = [columns.id].into_iter().chain(columns.title).map(|name| Wanted { name, needed: true });
    let fields = columns.fields.keys().map(|name| Wanted { name, needed: false });
    let name = files.first().map(|file| file_name(&file.path)).unwrap_or_default();
    let mut rows = Rows::open(files, format, needed.chain(fields).collect())?;
    findings.unread.push((name, rows.unread().to_vec()));
    let first = 1 + usize::from(columns.title.is_some());
    let mut cells: Vec<(usize, &FieldSchema, Column)> = columns
        .fields
        .iter()
        .zip(first..)
        .map(|((name, field), index)| (index, field, Column::new(name, field.kind.into())))
        .collect();
    cells.sort_by_key(|&(index, ..)| rows.order()[index]);
    let (mut ids, mut titles) = (Ids::default(), Vec::new());
    let mut record = Record::default();
    loop {
        let at = match rows.next(&mut record) {
            Ok(Some(at)) => at,
            Ok(None) => break,
            Err(error) => {
                findings.problem("rows that cannot be read", error)?;
                continue;
            }
        };
        let id = record.get(0);
        if let Some(error) = list_error(&rows, at, id, columns.id) {
            findings.problem("rows that cannot be read", error)?;
            continue;
        }
        let title = columns.title.map(|name| (name, record.get(1)));
        if let Some((name, "")) = title
            && format.missing.is_none()
        {
            let error = rows.error_at(at, "nothing".into(), "a title".into()).in_column(name);
            let guess = "if ids may be shown instead, write missing = [\"\"] in schema.toml";
            findings.problem("missing titles", error.guess(guess))?;
        }
        if let Err(error) = ids.add(&rows, at, columns.id, id) {
            findings.problem("missing or repeated ids", error)?;
            continue;
        }
        if let Some((_, title)) = title {
            let missing = format.is_missing(title);
            findings.change("items without a title: their id is shown", (missing && format.missing.is_some()).into());
            titles.push(if missing { id } else { title }.to_owned());
        }
        for (index, field, column) in &mut cells {
            let cell = record.get(*index);
            let values = match expected(field.kind) {
                None => values(cell, field, format),
                Some(_) if format.is_missing(cell) => Vec::new(),
                Some((problem, expected)) => match ordered(cell, field.kind, format) {
                    Some(value) => vec![value],
                    None => {
                        let error = rows.error_at(at, quoted(cell).into(), expected.into()).in_column(&column.name);
                        let guess = format!(
                            "if {} means that there is none, write missing = [{cell:?}] in schema.toml",
                            quoted(cell)
                        );
                        findings.problem(problem, error.guess(guess))?;
                        Vec::new()
                    }
                },
            };
            column.values.push(values);
        }
    }
    if ids.is_empty() {
        return Err(DataError::new(rows.path(), "no rows", "one under the header for each id"));
    }
    for (_, _, column) in &cells {
        let unknown = column.values.iter().filter(|values| values.is_empty()).count();
        findings.change(&format!("{} without a value of {:?}: unknown", columns.noun, column.name), unknown as u64);
    }
    let columns = cells.into_iter().map(|(.., column)| column).collect();
    Ok((ids, Table { titles, columns, ..Table::default() }))
}

/// Return the error of a cell that is a list and may not be one.
pub fn list_error(rows: &Rows, at: u64, cell: &str, column: &str) -> Option<DataError> {
    cell.starts_with(ELEMENT).then(|| {
        let list = cell.split(ELEMENT).skip(1).collect::<Vec<_>>().join(", ");
        let found = format!("a list, {}", quoted(&list));
        rows.error_at(at, found.into(), "one value".into()).in_column(column)
    })
}

/// Return the kind of the problem of a value that is none of a number's or date's field, and what is expected; `None` for other
/// fields.
fn expected(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Number => Some(("values that are no number", "a number")),
        Kind::Date => Some(("dates that are none", "a date such as 2026-01-31, or seconds since 1970")),
        _ => None,
    }
}

/// Return the number or date of a cell, in one way of writing it.
fn ordered(cell: &str, kind: Kind, format: &Format) -> Option<String> {
    match kind {
        Kind::Date => days::of(cell).map(days::to_date),
        _ => format.number(cell).filter(|number| number.is_finite()).map(|number| number.to_string()),
    }
}

/// Return the distinct values of a cell.
fn values(cell: &str, field: &FieldSchema, format: &Format) -> Vec<String> {
    let parts: Vec<&str> = match field.separator() {
        _ if cell.starts_with(ELEMENT) => cell.split(ELEMENT).skip(1).map(str::trim).collect(),
        Some(separator) => cell.split(separator).map(str::trim).collect(),
        None => vec![cell],
    };
    let mut seen = HashSet::new();
    let known = parts.into_iter().filter(|&value| !format.is_missing(value) && seen.insert(value));
    known.map(str::to_owned).collect()
}
