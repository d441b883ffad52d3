//! A site's own folder: `ratings.csv` or `picks.csv`, `items.csv`, optionally `users.csv`, and a `schema.toml` that
//! gives the meaning of their columns.
//!
//! `docs/DATA.md` explains every key. The CSV files are UTF-8 with a header; values with commas or quotes are quoted;
//! an empty value is unknown; columns that the schema does not name are ignored.

mod rows;
mod schema;

use crate::data::dataset::{Column, Dataset, Rating, Scale, Table};
use crate::data::error::DataError;
use crate::data::ids::Ids;
use crate::data::ratings::{RatingsBuilder, RatingsFormat};
use crate::data::source::Text;
use rows::Rows;
use schema::{FieldSchema, Interactions, Schema};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// Read the folder. Columns are in the order of the CSV file.
///
/// # Errors
/// Return an error that names the file, line and column of whatever departs from the format above.
pub fn read(folder: &Path) -> Result<Dataset, DataError> {
    let schema = Schema::read(folder)?;
    let interactions = schema.interactions(folder)?;
    let items = &schema.items;
    let text = rows::text(folder, "items.csv")?;
    let (item_ids, items) = read_table(&text, &items.id, Some(&items.title), &items.fields)?;
    let (mut user_ids, mut users) = read_users(folder, &schema)?;
    let users_file = schema.users.as_ref().map(|_| "users.csv");
    let ratings = read_interactions(folder, &interactions, users_file, &item_ids, &mut user_ids)?;
    users.ids = user_ids.into_vec();
    Ok(Dataset {
        scale: interactions.number.map_or(Scale::PICKS, |number| number.scale),
        name: schema.name,
        notice: schema.notice,
        items: Table { ids: item_ids.into_vec(), ..items },
        users,
        ratings,
    })
}

fn read_users(folder: &Path, schema: &Schema) -> Result<(Ids, Table), DataError> {
    if let Some(users) = &schema.users {
        let text = rows::text(folder, "users.csv")?;
        return read_table(&text, &users.id, None, &users.fields);
    }
    if folder.join("users.csv").exists() {
        let path = folder.join("schema.toml");
        return Err(
            DataError::new(&path, "no [users]", "it beside users.csv").advise("add [users] or remove users.csv")
        );
    }
    Ok(Default::default())
}

/// Read a table; its ids are returned apart from it.
fn read_table(
    text: &Text,
    id: &str,
    title: Option<&str>,
    fields: &BTreeMap<String, FieldSchema>,
) -> Result<(Ids, Table), DataError> {
    let mut rows = Rows::new(text)?;
    let id_at = rows.column(id)?;
    let title_at = title.map(|name| rows.column(name)).transpose()?;
    let mut columns = Vec::with_capacity(fields.len());
    for (name, field) in fields {
        columns.push((rows.column(name)?, field, Column::new(name, field.kind.into())));
    }
    columns.sort_by_key(|(at, ..)| *at);
    let mut ids = Ids::default();
    let mut titles = Vec::new();
    while let Some((line, record)) = rows.next()? {
        ids.add(text, line, id, &record[id_at])?;
        if let Some(at) = title_at {
            if record[at].is_empty() {
                let error = text.error(line, "nothing", "a title");
                return Err(error.in_column(title.unwrap_or_default()));
            }
            titles.push(record[at].to_owned());
        }
        for (at, field, column) in &mut columns {
            column.values.push(values(&record[*at], field));
        }
    }
    if ids.is_empty() {
        return Err(DataError::new(&text.path, "no rows", "one under the header for each id"));
    }
    let columns = columns.into_iter().map(|(.., column)| column).collect();
    let table = Table { titles, columns, ..Table::default() };
    Ok((ids, table))
}

/// Return the distinct values of a cell.
fn values(cell: &str, field: &FieldSchema) -> Vec<String> {
    let parts: Vec<&str> = match field.separator() {
        Some(separator) => cell.split(separator).map(str::trim).collect(),
        None => vec![cell],
    };
    let mut seen = HashSet::new();
    let distinct = parts.into_iter().filter(|value| !value.is_empty() && seen.insert(*value));
    distinct.map(str::to_owned).collect()
}

/// Read ratings or picks. If there is no file of users, the users are added to `users`.
fn read_interactions(
    folder: &Path,
    interactions: &Interactions,
    users_file: Option<&str>,
    items: &Ids,
    users: &mut Ids,
) -> Result<Vec<Rating>, DataError> {
    let text = rows::text(folder, interactions.file)?;
    let mut rows = Rows::new(&text)?;
    let Interactions { feedback, columns, number, .. } = *interactions;
    let [user_at, item_at] = [rows.column(columns[0])?, rows.column(columns[1])?];
    let number = number.map(|number| Ok((rows.column(number.column)?, number))).transpose()?;
    let mut ratings =
        RatingsBuilder::new(&text, RatingsFormat { feedback, columns, items_file: "items.csv", users_file });
    while let Some((line, record)) = rows.next()? {
        let value = match number {
            Some((at, number)) => number.read(&text, line, &record[at])?,
            None => Scale::PICKS.max,
        };
        ratings.add(line, [&record[user_at], &record[item_at]], value, items, users)?;
    }
    ratings.finish(items, users)
}
