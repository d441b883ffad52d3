//! Splits: which users and items a model is trained on, and which users it is measured on.

use crate::data::dataset::{Dataset, Table};
use crate::data::error::{DataError, quoted};
use crate::data::json::{self, Id};
use crate::data::source::{Encoding, Text};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::Path;

/// Rows of a [`Dataset`]; each list is sorted and without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Users to train on.
    pub warm_users: Vec<u32>,
    /// New items, whose ratings are left out of training where cold items are measured.
    pub cold_items: Vec<u32>,
    /// New users to measure on; may be empty.
    pub validation_users: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    warm_users: Vec<Id>,
    cold_items: Vec<Id>,
    #[serde(default)]
    validation_users: Vec<Id>,
}

impl Split {
    /// Read `{"warm_users": […], "cold_items": […], "validation_users": […]}`. Ids are numbers or texts;
    /// `validation_users` is optional.
    ///
    /// # Errors
    /// Return an error that names the file and an id that `data` does not have, or a user who is both warm and a
    /// validation user.
    pub fn read(path: &Path, data: &Dataset) -> Result<Self, DataError> {
        let file = File::read(path)?;
        let split = Self {
            warm_users: rows(path, "warm_users", &file.warm_users, &data.users)?,
            cold_items: rows(path, "cold_items", &file.cold_items, &data.items)?,
            validation_users: rows(path, "validation_users", &file.validation_users, &data.users)?,
        };
        split.check(path, data)?;
        Ok(split)
    }

    /// Return the split as JSON, with its warm users and those of the split in `former`, of whom a run that is updated has learned.
    ///
    /// # Errors
    /// Return an error if `former` cannot be read.
    pub fn to_json(&self, data: &Dataset, former: Option<&Path>) -> Result<Vec<u8>, DataError> {
        let ids = |rows: &[u32], table: &Table| rows.iter().map(|&row| Id(table.ids[row as usize].clone())).collect();
        let mut file = File {
            warm_users: ids(&self.warm_users, &data.users),
            cold_items: ids(&self.cold_items, &data.items),
            validation_users: ids(&self.validation_users, &data.users),
        };
        if let Some(former) = former {
            let warm: HashSet<&String> = self.warm_users.iter().map(|&row| &data.users.ids[row as usize]).collect();
            let learned = File::read(former)?.warm_users;
            file.warm_users.extend(learned.into_iter().filter(|Id(id)| !warm.contains(id)));
        }
        Ok(serde_json::json!(file).to_string().into_bytes())
    }

    /// Check that the split in `path` measures on nobody of whom a run has learned, or one that it goes on from; `former` is the split
    /// that the run keeps.
    ///
    /// # Errors
    /// Return an error that names such a user, or if a file cannot be read.
    pub fn check_update(path: &Path, former: &Path) -> Result<(), DataError> {
        let learned = File::read(former)?.warm_users;
        let learned: HashSet<&String> = learned.iter().map(|Id(id)| id).collect();
        match File::read(path)?.validation_users.iter().find(|Id(id)| learned.contains(id)) {
            None => Ok(()),
            Some(Id(id)) => {
                let found = format!(
                    "user {} in validation_users, of whom the run to update, or one before it, has learned",
                    quoted(id)
                );
                let advice =
                    "leave the users of that run's split in their lists and add new users to either, or train anew";
                Err(DataError::new(path, found, "users of whom no run before has learned").advise(advice))
            }
        }
    }

    fn check(&self, path: &Path, data: &Dataset) -> Result<(), DataError> {
        if self.warm_users.is_empty() {
            return Err(DataError::new(path, "no warm_users", "users to learn from"));
        }
        let both = |row: &&u32| self.warm_users.binary_search(row).is_ok();
        match self.validation_users.iter().find(both) {
            None => Ok(()),
            Some(&row) => {
                let id = quoted(&data.users.ids[row as usize]);
                let found = format!("user {id} in warm_users and in validation_users");
                Err(DataError::new(path, found, "every user in one of them"))
            }
        }
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, DataError> {
        let text = Text::read(path.into(), Encoding::Utf8, "check the path of the split")?;
        let expected = "a split: warm_users, cold_items and optionally validation_users";
        json::parse(&text, 1, &text.text, expected)
    }
}

fn rows(path: &Path, list: &str, ids: &[Id], table: &Table) -> Result<Vec<u32>, DataError> {
    let known = table.rows();
    let mut rows = Vec::with_capacity(ids.len());
    for Id(id) in ids {
        let row = known.get(id.as_str()).ok_or_else(|| {
            let found = format!("unknown id {} in {list}", quoted(id));
            DataError::new(path, found, "ids of the data set").advise("use the split that belongs to the data")
        })?;
        rows.push(*row);
    }
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}
