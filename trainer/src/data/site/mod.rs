//! A site's own folder: ratings or picks, items, optionally users, and a `schema.toml` that gives the meaning of their columns.
//!
//! `docs/DATA.md` explains every key. An empty value is unknown; columns that the schema does not name are ignored.

mod interactions;
mod keys;
mod schema;
mod shards;
mod tables;

use crate::data::dataset::{Dataset, Scale, Table};
use crate::data::error::DataError;
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::policy::Orphans;
use crate::data::ratings::AllRatings;
use crate::data::table::{Format, TableFile, file_name, find};
use schema::Schema;
use std::path::Path;

/// Advice where a file is missing.
const NEEDED: &str = "a site's folder needs schema.toml, items.csv, ratings.csv or picks.csv as schema.toml has \
                      [ratings] or [picks], and users.csv where it has [users]";

/// The kind of the problem of a table that cannot be read at all.
pub const UNREADABLE: &str = "tables that cannot be read";

/// Read the folder. Columns are in the order of the file.
///
/// # Errors
/// Return an error that names the file, line and column of whatever departs from the format above.
pub fn read(folder: &Path) -> Result<Dataset, DataError> {
    read_with(folder, &mut Findings::default())
}

/// Read the folder, and note what is found on the way: where `findings` collects problems, rows with problems are left out
/// and the reading goes on.
///
/// # Errors
/// Return an error as [`read`], or, where problems are collected, if a table cannot be read at all.
pub fn read_with(folder: &Path, findings: &mut Findings) -> Result<Dataset, DataError> {
    let schema = Schema::read(folder)?;
    let path = folder.join("schema.toml");
    let mut interactions = schema.interactions(&path)?;
    let format = schema.format(&schema.items.files(), "[items]", &path)?;
    let item_files = files(folder, "items", &format)?;
    let items_name = name_of(&item_files);
    let table = tables::Columns {
        id: &schema.items.id,
        title: Some(&schema.items.title),
        fields: &schema.items.fields,
        noun: "items",
    };
    let mut broken = None;
    let mut or_empty = |read: Result<(Ids, Table), DataError>, findings: &mut Findings| {
        read.or_else(|error| {
            broken.get_or_insert(error.clone());
            findings.problem(UNREADABLE, error).map(|()| Default::default())
        })
    };
    let (item_ids, items) = or_empty(tables::read(item_files, &format, &table, findings), findings)?;
    let (mut user_ids, mut users, users_name) = match &schema.users {
        Some(users) => {
            let format = schema.format(&users.files(), "[users]", &path)?;
            let user_files = files(folder, "users", &format)?;
            let name = name_of(&user_files);
            let table = tables::Columns { id: &users.id, title: None, fields: &users.fields, noun: "users" };
            let (ids, table) = or_empty(tables::read(user_files, &format, &table, findings), findings)?;
            (ids, table, Some(name))
        }
        None => {
            if let Some(found) = find(folder, "users", &schema.format(&Default::default(), "[users]", &path)?)? {
                let name = name_of(&found);
                let error = DataError::new(&path, "no [users]", format!("it beside {name}"));
                return Err(error.advise(format!("add [users] or remove {name}")));
            }
            Default::default()
        }
    };
    let interaction_files = files(folder, interactions.name, &interactions.format)?;
    if broken.is_some() {
        // What is read of the ratings is not used; their other problems count.
        interactions.policies.orphans = Orphans::Drop;
    }
    let read = interactions::read(
        interaction_files,
        &interactions,
        [Some(&items_name), users_name.as_deref()],
        &item_ids,
        &mut user_ids,
        findings,
    );
    let AllRatings { ratings, times, counts } = match read {
        Ok(read) => read,
        Err(error) => {
            if let Some(broken) = broken {
                return Err(broken);
            }
            findings.problem(UNREADABLE, error.clone())?;
            return Err(error);
        }
    };
    if let Some(error) = broken {
        return Err(error);
    }
    users.ids = user_ids.into_vec();
    Ok(Dataset {
        scale: interactions.number.map_or(Scale::PICKS, |number| number.scale),
        name: schema.name,
        notice: schema.notice,
        items: Table { ids: item_ids.into_vec(), ..items },
        users,
        ratings,
        times,
        counts,
        changes: findings.changes(),
    })
}

/// Return the files of the table called `name`.
fn files(folder: &Path, name: &str, format: &Format) -> Result<Vec<TableFile>, DataError> {
    let missing = || DataError::new(&folder.join(format!("{name}.csv")), "no such file", "a file").advise(NEEDED);
    find(folder, name, format)?.ok_or_else(missing)
}

/// Return what to call the table in messages: its file, or the first of several.
fn name_of(files: &[TableFile]) -> String {
    files.first().map(|file| file_name(&file.path)).unwrap_or_default()
}
