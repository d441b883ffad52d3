//! Lines of a task file, each a JSON object.

use crate::data::error::DataError;
use crate::data::json::{self, Id};
use crate::data::source::{Encoding, Text};
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A task with ids, not yet looked up in a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskLine {
    /// File and line number, from 1, for messages.
    pub file: Arc<Path>,
    /// Line number, from 1.
    pub line: u64,
    /// Id of the user.
    pub user: String,
    /// Item ids and ratings to adapt on.
    pub support: Vec<(String, f32)>,
    /// Item ids and ratings to measure on.
    pub query: Vec<(String, f32)>,
    /// Values by user field, empty where unknown; `None` if the line has no `user_fields`.
    pub user_fields: Option<BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    user: Id,
    support: Vec<(Id, f32)>,
    query: Vec<(Id, f32)>,
    user_fields: Option<BTreeMap<String, Values>>,
}

/// Read lines such as
/// `{"user":12,"support":[[1193,4]],"query":[[858,5]],"user_fields":{"age":"25–34"}}`.
///
/// Ids are numbers or texts; `user_fields` is optional; a field's value is a text, a list of texts, or null where
/// unknown. Blank lines are skipped.
///
/// # Errors
/// Return an error that names the file, the line and what is wrong in it.
pub fn read(path: &Path) -> Result<Vec<TaskLine>, DataError> {
    let text = Text::read(path.into(), Encoding::Utf8, "check the path of the tasks")?;
    let file: Arc<Path> = path.into();
    text.lines()
        .map(|(line, json)| {
            let expected = "a task: user, support, query and optionally user_fields";
            let parsed: Line = json::parse(&text, line, json, expected)?;
            let ratings = parsed.support.iter().chain(&parsed.query);
            match ratings.into_iter().find(|(_, value)| !value.is_finite()) {
                Some((Id(item), _)) => {
                    let found = format!("a rating of item {item:?} beyond all numbers");
                    Err(text.error(line, found, "a number"))
                }
                None => Ok(TaskLine::new(file.clone(), line, parsed)),
            }
        })
        .collect()
}

impl TaskLine {
    fn new(file: Arc<Path>, number: u64, line: Line) -> Self {
        let ids = |pairs: Vec<(Id, f32)>| pairs.into_iter().map(|(id, value)| (id.0, value));
        let values =
            |fields: BTreeMap<String, Values>| fields.into_iter().map(|(name, values)| (name, values.0)).collect();
        Self {
            file,
            line: number,
            user: line.user.0,
            support: ids(line.support).collect(),
            query: ids(line.query).collect(),
            user_fields: line.user_fields.map(values),
        }
    }

    pub(super) fn error(&self, found: impl Into<Box<str>>, expected: impl Into<Box<str>>) -> DataError {
        DataError::new(&self.file, found, expected).at_line(self.line)
    }
}

/// Values of a user field.
struct Values(Vec<String>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor).map(Values)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list of texts or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<String>, E> {
        Ok(Vec::new())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Vec<String>, E> {
        Ok(vec![value.to_owned()])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<String>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(values)
    }
}
