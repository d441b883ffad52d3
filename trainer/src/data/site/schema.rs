//! `schema.toml`: names and meanings of the columns of a site's tables, and how their files are written.

use super::NEEDED;
use super::keys::{FileKeys, table_of_schema};
use crate::data::dataset::{ColumnKind, Scale};
use crate::data::error::DataError;
use crate::data::error::split_message;
use crate::data::policy::{Orphans, OutOfRange, Policies, Repeats};
use crate::data::ratings::NumberFormat;
use crate::data::source::{Encoding, Text, line_of};
use crate::data::table::Format;
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
    #[serde(default = "items")]
    pub items: ItemsSchema,
    /// Present exactly where there is a table of users.
    pub users: Option<UsersSchema>,
    /// What holds for all tables that do not state it themselves.
    separator: Option<String>,
    quote: Option<String>,
    escape: Option<String>,
    encoding: Option<String>,
    decimal: Option<String>,
    header: Option<bool>,
    missing: Option<Vec<String>>,
    repeats: Option<Repeats>,
    orphans: Option<Orphans>,
    out_of_range: Option<OutOfRange>,
}

table_of_schema! {
    /// Column names of the ratings, and their scale.
    pub struct RatingsSchema {
        #[serde(default = "user")]
        pub user: String,
        #[serde(default = "item")]
        pub item: String,
        #[serde(default = "rating")]
        pub rating: String,
        pub min: f32,
        pub max: f32,
        pub time: Option<String>,
        pub repeats: Option<Repeats>,
        pub orphans: Option<Orphans>,
        pub out_of_range: Option<OutOfRange>,
    }
}

table_of_schema! {
    /// Column names of the picks.
    pub struct PicksSchema {
        #[serde(default = "user")]
        pub user: String,
        #[serde(default = "item")]
        pub item: String,
        pub time: Option<String>,
        pub count: Option<String>,
        pub orphans: Option<Orphans>,
    }
}

table_of_schema! {
    /// Column names of the items.
    pub struct ItemsSchema {
        #[serde(default = "id")]
        pub id: String,
        #[serde(default = "title")]
        pub title: String,
        /// Meaning of each column.
        #[serde(default)]
        pub fields: BTreeMap<String, FieldSchema>,
    }
}

table_of_schema! {
    /// Column names of the users.
    pub struct UsersSchema {
        #[serde(default = "id")]
        pub id: String,
        /// Meaning of each column.
        #[serde(default)]
        pub fields: BTreeMap<String, FieldSchema>,
    }
}

/// The table of ratings or picks, as the schema describes it.
pub struct Interactions<'s> {
    pub feedback: Feedback,
    /// Name of the table.
    pub name: &'static str,
    pub format: Format,
    /// Names of the user and the item column.
    pub columns: [&'s str; 2],
    /// The column of ratings; `None` for picks.
    pub number: Option<NumberFormat<'s>>,
    /// The column of times.
    pub time: Option<&'s str>,
    /// The column that says how often a pick was made.
    pub count: Option<&'s str>,
    pub policies: Policies,
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
    Number,
    Date,
    Text,
    Display,
}

impl From<Kind> for ColumnKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Categorical => Self::Categorical,
            Kind::MultiValued => Self::MultiValued,
            Kind::Number => Self::Number,
            Kind::Date => Self::Date,
            Kind::Text => Self::Text,
            Kind::Display => Self::Display,
        }
    }
}

impl RatingsSchema {
    fn check(&self, path: &Path) -> Result<(), DataError> {
        let Self { min, max, .. } = self;
        if (max - min).is_finite() && min < max {
            return Ok(());
        }
        let found = format!("[ratings] min = {min} and max = {max}");
        Err(DataError::new(path, found, "numbers with min below max, less than 3.4e38 apart"))
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

    /// Return the table of ratings or picks.
    ///
    /// # Errors
    /// Return an error unless the schema has exactly one of the two, or if a key of its format is wrong.
    pub fn interactions(&self, path: &Path) -> Result<Interactions<'_>, DataError> {
        let (found, advice) = match (&self.ratings, &self.picks) {
            (Some(ratings), None) => {
                let scale = Scale { min: ratings.min, max: ratings.max };
                return Ok(Interactions {
                    feedback: Feedback::Ratings,
                    name: "ratings",
                    format: self.format(&ratings.files(), "[ratings]", path)?,
                    columns: [&ratings.user, &ratings.item],
                    number: Some(NumberFormat { column: &ratings.rating, scale, whole: false }),
                    time: ratings.time.as_deref(),
                    count: None,
                    policies: Policies {
                        repeats: ratings.repeats.or(self.repeats).unwrap_or_default(),
                        orphans: ratings.orphans.or(self.orphans).unwrap_or_default(),
                        out_of_range: ratings.out_of_range.or(self.out_of_range).unwrap_or_default(),
                    },
                });
            }
            (None, Some(picks)) => {
                return Ok(Interactions {
                    feedback: Feedback::Picks,
                    name: "picks",
                    format: self.format(&picks.files(), "[picks]", path)?,
                    columns: [&picks.user, &picks.item],
                    number: None,
                    time: picks.time.as_deref(),
                    count: picks.count.as_deref(),
                    policies: Policies {
                        orphans: picks.orphans.or(self.orphans).unwrap_or_default(),
                        ..Policies::default()
                    },
                });
            }
            (None, None) => ("neither [ratings] nor [picks]", "add [ratings] with min and max, or [picks]"),
            (Some(_), Some(_)) => ("[ratings] and [picks]", "keep the one that says what the data is"),
        };
        Err(DataError::new(path, found, "one of them").advise(advice))
    }

    /// Return the format of a table that states `keys`.
    ///
    /// # Errors
    /// Return an error that names the key that is wrong.
    pub fn format(&self, keys: &FileKeys, table: &'static str, path: &Path) -> Result<Format, DataError> {
        let all = FileKeys {
            separator: self.separator.as_deref(),
            quote: self.quote.as_deref(),
            escape: self.escape.as_deref(),
            encoding: self.encoding.as_deref(),
            decimal: self.decimal.as_deref(),
            header: self.header,
            missing: self.missing.as_deref(),
            ..FileKeys::default()
        };
        keys.format(&all, table, path)
    }

    fn check(&self, path: &Path) -> Result<(), DataError> {
        if self.name.trim().is_empty() {
            return Err(DataError::new(path, "name = \"\"", "a short name"));
        }
        if let Some(ratings) = &self.ratings {
            ratings.check(path)?;
        }
        let users = self.users.iter().flat_map(|users| &users.fields);
        if let Some((name, _)) = users.clone().find(|(_, field)| field.kind == Kind::Text) {
            let expected = "another kind, as only items may have texts";
            return Err(DataError::new(path, "kind = \"text\" of users", expected).in_column(name));
        }
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
            (Some(_), kind) if kind != Kind::MultiValued => "one only where kind = \"multi-valued\"",
            _ => return Ok(()),
        };
        let separator = self.separator.as_deref().unwrap_or_default();
        let found = format!("separator = {separator:?}");
        Err(DataError::new(path, found, expected).in_column(name))
    }
}

fn not_a_schema(text: &Text, error: &toml::de::Error) -> DataError {
    let message = error.message().trim().replace(char::is_control, " ");
    let keys = "a schema: name, notice, [ratings] with min and max or [picks], [items], [users]";
    let (found, expected) = split_message(&message, keys);
    let wrong = DataError::new(&text.path, found, expected);
    match error.span() {
        Some(span) => wrong.at_line(line_of(text.text.as_bytes(), span.start)),
        None => wrong,
    }
}

/// Return the table where none is written.
fn items() -> ItemsSchema {
    // A struct has all its defaults in an empty table.
    ItemsSchema::deserialize(toml::Table::new()).unwrap_or_else(|error| unreachable!("{error}"))
}

fn id() -> String {
    "id".to_owned()
}

fn title() -> String {
    "title".to_owned()
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
