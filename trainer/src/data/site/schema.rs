//! `schema.toml`: names and meanings of the columns of a site's CSV files.

use super::rows::NEEDED;
use crate::data::dataset::{ColumnKind, Scale};
use crate::data::error::DataError;
use crate::data::error::split_message;
use crate::data::ratings::NumberFormat;
use crate::data::source::{Encoding, Text, line_of};
use fewclicks_model::adapt::Feedback;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The schema of a site's folder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Short name of the data set.
    pub name: String,
    /// A sentence for people about the data.
    #[serde(default)]
    pub notice: String,
    /// Exactly one of `ratings` and `picks` is present: see [`Schema::interactions`].
    ratings: Option<RatingsSchema>,
    picks: Option<PicksSchema>,
    #[serde(default)]
    pub items: ItemsSchema,
    /// Present exactly where there is a `users.csv`.
    pub users: Option<UsersSchema>,
}

/// Column names of `ratings.csv`, and the scale of the ratings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RatingsSchema {
    #[serde(default = "user")]
    user: String,
    #[serde(default = "item")]
    item: String,
    #[serde(default = "rating")]
    rating: String,
    min: f32,
    max: f32,
}

/// Column names of `picks.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PicksSchema {
    #[serde(default = "user")]
    user: String,
    #[serde(default = "item")]
    item: String,
}

/// The file of ratings or picks, as the schema describes it.
pub struct Interactions<'s> {
    pub feedback: Feedback,
    pub file: &'static str,
    /// Names of the user and the item column.
    pub columns: [&'s str; 2],
    /// The column of ratings; `None` for picks.
    pub number: Option<NumberFormat<'s>>,
}

/// Column names of `items.csv`.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ItemsSchema {
    pub id: String,
    pub title: String,
    /// Meaning of each column.
    pub fields: BTreeMap<String, FieldSchema>,
}

/// Column names of `users.csv`.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UsersSchema {
    pub id: String,
    /// Meaning of each column.
    pub fields: BTreeMap<String, FieldSchema>,
}

/// The meaning of a column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSchema {
    pub kind: Kind,
    /// Separator of the values of a multi-valued column; `|` by default.
    pub separator: Option<String>,
}

/// [`ColumnKind`] as the schema spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Categorical,
    MultiValued,
    Display,
}

impl From<Kind> for ColumnKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Categorical => Self::Categorical,
            Kind::MultiValued => Self::MultiValued,
            Kind::Display => Self::Display,
        }
    }
}

impl RatingsSchema {
    fn interactions(&self) -> Interactions<'_> {
        let scale = Scale { min: self.min, max: self.max };
        Interactions {
            feedback: Feedback::Ratings,
            file: "ratings.csv",
            columns: [&self.user, &self.item],
            number: Some(NumberFormat { column: &self.rating, scale, whole: false }),
        }
    }

    fn check(&self, path: &Path) -> Result<(), DataError> {
        let Self { min, max, .. } = self;
        if (max - min).is_finite() && min < max {
            return Ok(());
        }
        let found = format!("[ratings] min = {min} and max = {max}");
        Err(DataError::new(path, found, "numbers with min below max, less than 3.4e38 apart"))
    }
}

impl PicksSchema {
    fn interactions(&self) -> Interactions<'_> {
        Interactions { feedback: Feedback::Picks, file: "picks.csv", columns: [&self.user, &self.item], number: None }
    }
}

impl Default for ItemsSchema {
    fn default() -> Self {
        Self { id: "id".to_owned(), title: "title".to_owned(), fields: BTreeMap::new() }
    }
}

impl Default for UsersSchema {
    fn default() -> Self {
        Self { id: "id".to_owned(), fields: BTreeMap::new() }
    }
}

impl FieldSchema {
    /// Return the separator of the values of a cell; `None` if a cell is one value.
    pub fn separator(&self) -> Option<&str> {
        let separator = self.separator.as_deref().unwrap_or("|");
        (self.kind == Kind::MultiValued).then_some(separator)
    }
}

impl Schema {
    /// Read and check the folder's `schema.toml`.
    pub fn read(folder: &Path) -> Result<Self, DataError> {
        let text = Text::read(folder.join("schema.toml"), Encoding::Utf8, NEEDED)?;
        let schema: Self = toml::from_str(&text.text).map_err(|error| not_a_schema(&text, &error))?;
        schema.check(&text.path)?;
        Ok(schema)
    }

    /// Return the file of ratings or picks.
    ///
    /// # Errors
    /// Return an error unless the schema has exactly one of the two.
    pub fn interactions(&self, folder: &Path) -> Result<Interactions<'_>, DataError> {
        let (found, advice) = match (&self.ratings, &self.picks) {
            (Some(ratings), None) => return Ok(ratings.interactions()),
            (None, Some(picks)) => return Ok(picks.interactions()),
            (None, None) => ("neither [ratings] nor [picks]", "add [ratings] with min and max, or [picks]"),
            (Some(_), Some(_)) => ("[ratings] and [picks]", "keep the one that says what the data is"),
        };
        Err(DataError::new(&folder.join("schema.toml"), found, "one of them").advise(advice))
    }

    fn check(&self, path: &Path) -> Result<(), DataError> {
        if self.name.trim().is_empty() {
            return Err(DataError::new(path, "name = \"\"", "a short name"));
        }
        if let Some(ratings) = &self.ratings {
            ratings.check(path)?;
        }
        let users = self.users.iter().flat_map(|users| &users.fields);
        for (name, field) in self.items.fields.iter().chain(users) {
            field.check(path, name)?;
        }
        Ok(())
    }
}

impl FieldSchema {
    fn check(&self, path: &Path, name: &str) -> Result<(), DataError> {
        let expected = match (&self.separator, self.kind) {
            (Some(separator), Kind::MultiValued) if separator.is_empty() => "at least one character",
            (Some(_), Kind::Categorical | Kind::Display) => "one only where kind = \"multi-valued\"",
            _ => return Ok(()),
        };
        let separator = self.separator.as_deref().unwrap_or_default();
        let found = format!("separator = {separator:?}");
        Err(DataError::new(path, found, expected).in_column(name))
    }
}

fn not_a_schema(text: &Text, error: &toml::de::Error) -> DataError {
    let message = error.message().trim().replace('\n', " ");
    let keys = "a schema: name, notice, [ratings] with min and max or [picks], [items], [users]";
    let (found, expected) = split_message(&message, keys);
    let wrong = DataError::new(&text.path, found, expected);
    match error.span() {
        Some(span) => wrong.at_line(line_of(text.text.as_bytes(), span.start)),
        None => wrong,
    }
}

fn user() -> String {
    "user".to_owned()
}

fn item() -> String {
    "item".to_owned()
}

fn rating() -> String {
    "rating".to_owned()
}
