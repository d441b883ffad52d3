//! A site's ratings or picks, however they were stored: one [`Dataset`] for all readers.

mod error;
mod feedback;
mod fingerprint;
mod ids;
mod json;
pub mod movielens;
mod ratings;
pub mod site;
mod source;
pub mod split;
pub mod tasks_file;
#[cfg(test)]
mod tests;

pub use error::DataError;
pub use fewclicks_model::adapt::Feedback;
pub use split::Split;

use std::collections::HashMap;
use std::path::Path;

/// A number of one user for one item; a pick is the highest there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    /// Row of the user in [`Dataset::users`].
    pub user: u32,
    /// Row of the item in [`Dataset::items`].
    pub item: u32,
    /// On the data set's [`Scale`].
    pub value: f32,
}

/// The lowest and the highest rating there is.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scale {
    pub min: f32,
    pub max: f32,
}

/// How many values a row has in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// One value or none.
    Categorical,
    /// Any number of values.
    MultiValued,
    /// Shown to people (a year, say), never a feature of the model.
    Display,
}

/// One feature field of all rows of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
    /// Per row its values; empty where unknown.
    pub values: Vec<Vec<String>>,
}

/// Users or items with their features. All columns have as many rows as there are ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub ids: Vec<String>,
    /// What a person calls each row; empty for users.
    pub titles: Vec<String>,
    pub columns: Vec<Column>,
}

/// Everything that the trainer knows of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Short name, such as `films`.
    pub name: String,
    /// A sentence for people: what the data is; says so where users are simulated.
    pub notice: String,
    pub scale: Scale,
    pub items: Table,
    pub users: Table,
    /// At most one per user and item.
    pub ratings: Vec<Rating>,
}

impl Column {
    /// A column without rows.
    pub fn new(name: &str, kind: ColumnKind) -> Self {
        Self { name: name.to_owned(), kind, values: Vec::new() }
    }
}

impl Table {
    /// Row of every id.
    pub fn rows(&self) -> HashMap<&str, u32> {
        self.ids.iter().map(String::as_str).zip(0..).collect()
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// Names of the data sets that come with the trainer.
pub const EMBEDDED: [&str; 2] = ["films", "comics"];

/// Loads a data set: `films` (embedded; ratings, of simulated raters), `comics` (embedded; picks,
/// all invented), a MovieLens folder (it has a `ratings.dat`) or a site's own folder (it has a
/// `schema.toml`). A folder called like one of [`EMBEDDED`] is reached as `./films`.
///
/// # Errors
/// Names file, line and column of what is wrong, and what was expected.
pub fn load(source: &str) -> Result<Dataset, DataError> {
    match source {
        "films" => Ok(crate::simulate::films::films(crate::simulate::films::DEFAULT_SEED)),
        "comics" => Ok(crate::simulate::comics::comics(crate::simulate::comics::DEFAULT_SEED)),
        folder => read(Path::new(folder)),
    }
}

fn read(folder: &Path) -> Result<Dataset, DataError> {
    if folder.join("ratings.dat").is_file() {
        return movielens::read(folder);
    }
    if folder.join("schema.toml").is_file() {
        return site::read(folder);
    }
    let found = match folder.is_dir() {
        true => "a folder with neither ratings.dat nor schema.toml",
        false => "no such folder",
    };
    Err(DataError::new(
        folder,
        found,
        "one of: films or comics (embedded), a MovieLens folder with ratings.dat, \
         or a folder with schema.toml, items.csv and ratings.csv or picks.csv",
    ))
}
