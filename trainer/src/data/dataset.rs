//! A data set in memory: users, items, their features, and ratings or picks. All readers return one [`Dataset`].

use std::collections::HashMap;

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
