//! A site's own folder: `ratings.csv`, `items.csv`, optionally `users.csv`, and a `schema.toml`
//! that says what their columns mean.
//!
//! ```toml
//! name = "my-shop"
//! notice = "Orders of 2024, stars given by customers."  # optional, shown to people
//!
//! [ratings]           # columns of ratings.csv
//! user = "user_id"    # "user" unless given
//! item = "item_id"    # "item" unless given
//! rating = "stars"    # "rating" unless given
//! min = 1             # the lowest rating there is
//! max = 5             # the highest
//!
//! [items]             # columns of items.csv; optional
//! id = "id"           # "id" unless given
//! title = "name"      # "title" unless given
//! [items.fields]      # feature fields
//! genre = { kind = "multi-valued", separator = "|" }  # "|" unless given
//! status = { kind = "categorical" }                   # one value or none
//! year = { kind = "display" }                         # shown, never a feature
//!
//! [users]             # columns of users.csv; leave out where there is no such file
//! id = "id"           # "id" unless given
//! [users.fields]
//! age = { kind = "categorical" }
//! ```
//!
//! The CSV files are UTF-8 with a header; values with commas or quotes are quoted; an empty value
//! is unknown; columns that the schema does not name are not read.

mod rows;
mod schema;

use super::ids::Ids;
use super::ratings::{Ratings, Rules};
use super::source::Text;
use super::{Column, DataError, Dataset, Rating, Table};
use rows::Rows;
use schema::{FieldSchema, RatingsSchema, Schema};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads the folder. Columns have the order of the CSV file.
///
/// # Errors
/// Names the file, line and column of whatever departs from the format above.
pub fn read(folder: &Path) -> Result<Dataset, DataError> {
    let schema = Schema::read(folder)?;
    let items = &schema.items;
    let text = rows::text(folder, "items.csv")?;
    let (item_ids, items) = read_table(&text, &items.id, Some(&items.title), &items.fields)?;
    let (mut user_ids, mut users) = read_users(folder, &schema)?;
    let ratings = read_ratings(folder, &schema, &item_ids, &mut user_ids)?;
    users.ids = user_ids.into_vec();
    Ok(Dataset {
        name: schema.name,
        notice: schema.notice,
        scale: schema.ratings.scale(),
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

/// A table with its ids kept apart.
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

/// The distinct values of a cell.
fn values(cell: &str, field: &FieldSchema) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    let mut add = |value: &str| {
        if !value.is_empty() && !distinct.iter().any(|known| known == value) {
            distinct.push(value.to_owned());
        }
    };
    match field.separator() {
        Some(separator) => cell.split(separator).map(str::trim).for_each(add),
        None => add(cell),
    }
    distinct
}

fn read_ratings(folder: &Path, schema: &Schema, items: &Ids, users: &mut Ids) -> Result<Vec<Rating>, DataError> {
    let text = rows::text(folder, "ratings.csv")?;
    let mut rows = Rows::new(&text)?;
    let RatingsSchema { user, item, rating, .. } = &schema.ratings;
    let [user_at, item_at, rating_at] = [rows.column(user)?, rows.column(item)?, rows.column(rating)?];
    let rules = Rules {
        columns: [user, item, rating],
        scale: schema.ratings.scale(),
        whole: false,
        items_file: "items.csv",
        users_file: schema.users.as_ref().map(|_| "users.csv"),
    };
    let mut ratings = Ratings::new(&text, rules);
    while let Some((line, record)) = rows.next()? {
        let fields = [&record[user_at], &record[item_at], &record[rating_at]];
        ratings.add(line, fields, items, users)?;
    }
    ratings.finish(items, users)
}
