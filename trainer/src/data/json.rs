//! JSON with ids that are numbers or texts, and errors with line numbers.

use crate::data::error::DataError;
use crate::data::error::split_message;
use crate::data::source::Text;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use std::fmt;

/// An id, written as a text or as a whole number.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Id(pub String);

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id (a text or a whole number)")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Id, E> {
        Ok(Id(id.to_owned()))
    }

    fn visit_u64<E: Error>(self, id: u64) -> Result<Id, E> {
        Ok(Id(id.to_string()))
    }

    fn visit_i64<E: Error>(self, id: i64) -> Result<Id, E> {
        Ok(Id(id.to_string()))
    }
}

/// Parse JSON that begins on `line` of the file; `expected` describes it in errors.
pub(super) fn parse<T: DeserializeOwned>(text: &Text, line: u64, json: &str, expected: &str) -> Result<T, DataError> {
    serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let reason = message.strip_suffix(&place).unwrap_or(&message);
        let (found, expected) = split_message(reason, expected);
        let found = format!("at character {}: {found}", error.column());
        let line = line + (error.line() as u64).saturating_sub(1);
        text.error(line, found, expected)
    })
}
