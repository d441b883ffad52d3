//! A data set in memory: users, items, their features, and ratings or picks. All readers return a [`Dataset`].

use crate::data::bins::{binned, range_of};
use crate::data::findings::Change;
use crate::data::words::{worded, words};
use fewclicks_model::model::vocabulary::{UNKNOWN, Vocabulary};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// A rating of an item by a user. A pick is stored as the highest rating of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// Row of the user in [`Dataset::users`].
    pub user: u32,
    /// Row of the item in [`Dataset::items`].
    pub item: u32,
    /// Value on the data set's [`Scale`].
    pub value: f32,
}

/// The range of ratings.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scale {
    /// Minimum rating.
    pub min: f32,
    /// Maximum rating.
    pub max: f32,
}

/// The kind of a column: how many values a row has, and whether they are features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A feature with one value or none.
    Categorical,
    /// A feature with any number of values.
    MultiValued,
    /// A number or none, a feature by the range it lies in.
    Number,
    /// A date or none, a feature by the range it lies in.
    Date,
    /// A text or none, a feature by its words. It is not shown.
    Text,
    /// Values that are shown, such as a year, and are no feature of the model.
    Display,
}

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name of the column.
    pub name: String,
    /// Kind of the column.
    pub kind: ColumnKind,
    /// Values of each row; empty where unknown.
    pub values: Vec<Vec<String>>,
}

/// Users or items with their columns. Every column has one entry per id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Id of each row.
    pub ids: Vec<String>,
    /// Title of each row, for people; empty for users.
    pub titles: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
}

/// A site's data.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Short name, such as `films`.
    pub name: String,
    /// A sentence that says what the data is, and that users are simulated where they are.
    pub notice: String,
    /// Range of the ratings.
    pub scale: Scale,
    /// The items.
    pub items: Table,
    /// The users.
    pub users: Table,
    /// Ratings, at most one per user and item.
    pub ratings: Vec<Rating>,
    /// Time of each rating in milliseconds since 1970; empty where the data has none.
    pub times: Vec<i64>,
    /// How often each pick was made, above 0; empty where the data does not say.
    pub counts: Vec<f32>,
    /// What reading dropped, merged or found unknown.
    pub changes: Vec<Change>,
}

impl Column {
    /// Return the column with the values that a model learns: numbers and dates as ranges, texts as words. Rows in training decide
    /// which there are.
    pub fn learned(&self, in_training: &dyn Fn(usize) -> bool) -> Cow<'_, Self> {
        match self.kind {
            ColumnKind::Number | ColumnKind::Date => Cow::Owned(binned(self, in_training)),
            ColumnKind::Text => Cow::Owned(worded(self, in_training)),
            ColumnKind::Categorical | ColumnKind::MultiValued | ColumnKind::Display => Cow::Borrowed(self),
        }
    }

    /// Return the rows of a learned vocabulary for the values of a row.
    fn encode(&self, row: usize, vocabulary: &Vocabulary) -> Vec<u32> {
        let values = &self.values[row];
        match self.kind {
            ColumnKind::Text => {
                let words: Vec<String> = values.iter().flat_map(|text| words(text)).collect();
                vocabulary.encode(words.iter().map(String::as_str))
            }
            _ => vocabulary.encode(values.iter().map(|value| range_of(vocabulary, value))),
        }
    }

    /// Create a column without rows.
    pub fn new(name: &str, kind: ColumnKind) -> Self {
        Self { name: name.to_owned(), kind, values: Vec::new() }
    }
}

impl Table {
    /// Return the row of every id.
    pub fn rows(&self) -> HashMap<&str, u32> {
        self.ids.iter().map(String::as_str).zip(0..).collect()
    }

    /// Return the rows of a learned vocabulary for the values of a row in the column of its name: unknown if there is none.
    pub fn encode(&self, row: usize, vocabulary: &Vocabulary) -> Vec<u32> {
        self.column(vocabulary.name()).map_or(vec![UNKNOWN], |column| column.encode(row, vocabulary))
    }

    /// Return the column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
