//! A tree of JSON values, and its parser.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The maximum depth of nesting; a bundle or a saved state has at most six levels.
pub const MAX_DEPTH: usize = 32;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, in the order of the document, with distinct names.
    Object(Vec<(String, Json)>),
}

/// A parser of JSON: [`parse`] natively, the browser's own parser in a browser. The error says what is wrong, and where in
/// the text.
pub type Parse = fn(&[u8]) -> Result<Json, String>;

/// Parse a JSON document with `serde_json`.
///
/// # Errors
/// For text that is not JSON (RFC 8259), an object with a repeated name, or nesting deeper than 32 levels; the error has
/// line and column.
///
/// ```
/// use fewclicks_model::compact::json::{Json, parse};
/// assert_eq!(parse(b"[1, null]"), Ok(Json::Array(vec![Json::Number(1.0), Json::Null])));
/// assert_eq!(parse(b"[1 2]").unwrap_err(), "expected `,` or `]` at line 1 column 4");
/// ```
pub fn parse(text: &[u8]) -> Result<Json, String> {
    serde_json::from_slice(text).map_err(|error| error.to_string())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Level(0).deserialize(deserializer)
    }
}

/// A visitor of a value at this depth of nesting.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    /// Return the level below.
    fn below<E: Error>(self) -> Result<Self, E> {
        if self.0 < MAX_DEPTH { Ok(Self(self.0 + 1)) } else { Err(E::custom("nested deeper than 32 levels")) }
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(below)? {
            array.push(element);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut object: Vec<(String, Json)> = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format!("\"{name}\" occurs twice in an object")));
            }
            object.push((name, entries.next_value_seed(below)?));
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn tree(value: Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(b),
            Value::Number(n) => Json::Number(n.as_f64().unwrap()),
            Value::String(s) => Json::String(s),
            Value::Array(list) => Json::Array(list.into_iter().map(tree).collect()),
            Value::Object(map) => Json::Object(map.into_iter().map(|(name, value)| (name, tree(value))).collect()),
        }
    }

    proptest! {
        /// Proves that the tree of any document that `serde_json` wrote is that document.
        #[test]
        fn a_tree_is_what_serde_json_wrote(x: f64, text: String, whole: i64) {
            let written = serde_json::json!({ "": true, "list": [whole, "\\ud83c\\udf5c", null], "text": text, "x": x });
            for bytes in [serde_json::to_vec(&written).unwrap(), serde_json::to_vec_pretty(&written).unwrap()] {
                prop_assert_eq!(parse(&bytes).unwrap(), tree(serde_json::from_slice(&bytes).unwrap()));
            }
        }

        /// Proves that nothing is accepted or refused beside what `serde_json` does, but for a name that occurs twice.
        #[test]
        fn what_serde_json_refuses_is_refused(text in r#"[\[\]{}:, "\\/bfnrtu0-9eE.+\-a-f€\n]{0,16}"#) {
            match (parse(text.as_bytes()), serde_json::from_str::<Value>(&text)) {
                (Ok(read), Ok(expected)) => prop_assert_eq!(read, tree(expected)),
                (Err(error), Ok(_)) => prop_assert!(error.contains("occurs twice"), "{error}"),
                (Ok(read), Err(error)) => prop_assert!(false, "{read:?}, expected {error}"),
                (Err(_), Err(_)) => {}
            }
        }
    }

    #[test]
    fn errors_say_what_and_where() {
        for (text, words) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("{\n  \"a\": 1,\n}", "at line 3 column 1"),
            ("{\"a\": 1, \"a\": 2}", "\"a\" occurs twice in an object at line 1 column 12"),
            ("1e999", "number out of range"),
            ("01", "invalid number"),
            ("\"\\ud83c\"", "at line 1 column"),
            (&"[".repeat(100_000), "nested deeper than 32 levels"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
        assert!(parse(b"\"a\xff\"").is_err());
        assert_eq!(parse(b"\"\\ud83c\\udf5c\\u00e9\\/\""), Ok(Json::String("🍜é/".into())));
    }
}
