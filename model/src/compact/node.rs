//! Read a JSON document field by field, instead of by code that serde derives for every type.
//!
//! Single reads do not fail: the first value that is not as expected is recorded with its path, and read as the default of
//! its type. So a reader is a list of fields without error handling, and [`read`] returns the recorded error.
//!
//! ```
//! use fewclicks_model::compact::{json::parse, node};
//! let json = parse(br#"{"name": "pho", "tags": ["soup", 1]}"#).unwrap();
//! assert_eq!(node::read(&json, |node| node.field("name").string()).unwrap(), "pho");
//! let error = node::read(&json, |node| node.field("tags").list(|tag| tag.string())).unwrap_err();
//! assert_eq!(error.to_string(), "tags[1]: found 1, expected a string");
//! ```

use super::decimal::Decimal;
use super::json::Json;
use std::cell::RefCell;
use std::fmt;

/// A value in a document, and its path.
#[derive(Debug)]
pub struct Node<'a> {
    json: &'a Json,
    path: Path<'a>,
    /// The first error in the document.
    error: &'a RefCell<Option<SchemaError>>,
}

/// The path from the root of a document to a value.
#[derive(Debug)]
enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Element(&'a Path<'a>, usize),
}

/// The first value of a document that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
#[non_exhaustive]
pub struct SchemaError {
    /// The path, such as `architecture.item_fields[0].rows`; empty for the whole document.
    pub path: String,
    /// What was found and what was expected.
    pub reason: String,
}

/// Read a document with `reader`.
///
/// # Errors
/// The first field that is missing, unknown or of another type.
pub fn read<T>(json: &Json, reader: impl FnOnce(&Node<'_>) -> T) -> Result<T, SchemaError> {
    let error = RefCell::new(None);
    let read = reader(&Node { json, path: Path::Root, error: &error });
    error.into_inner().map_or(Ok(read), Err)
}

impl Node<'_> {
    /// Record an error unless the value is an object with no other fields than these; some of them may be missing.
    pub fn expect_only(&self, fields: &[&str]) {
        if let Some((_, unknown)) = self.entries().iter().find(|(name, _)| !fields.contains(name)) {
            unknown.record(format!("unknown, expected only {}", join(fields, ", ")));
        }
    }

    /// Return a field of an object; `None` where it is missing or null, or the value is not an object.
    pub fn optional<'b>(&'b self, name: &'b str) -> Option<Node<'b>> {
        let Json::Object(entries) = self.json else { return None };
        let (_, json) = entries.iter().find(|(entry, json)| entry == name && !matches!(json, Json::Null))?;
        Some(self.child(json, Path::Field(&self.path, name)))
    }

    /// Return a required field of an object.
    pub fn field<'b>(&'b self, name: &'b str) -> Node<'b> {
        self.optional(name).unwrap_or_else(|| {
            let missing = self.child(&Json::Null, Path::Field(&self.path, name));
            missing.record("missing".into());
            missing
        })
    }

    /// Return all fields of an object, in the order of the document.
    pub fn entries(&self) -> Vec<(&str, Node<'_>)> {
        let Json::Object(entries) = self.json else { return self.expected("an object") };
        let mut nodes = Vec::new();
        for (name, json) in entries {
            nodes.push((name.as_str(), self.child(json, Path::Field(&self.path, name))));
        }
        nodes
    }

    /// Read the elements of a list with `read`.
    pub fn list<T>(&self, read: fn(&Node<'_>) -> T) -> Vec<T> {
        let mut elements = Vec::new();
        self.for_each(&mut |element| elements.push(read(element)));
        elements
    }

    /// Call `element` for each element of a list. It is `dyn` so that the loop is compiled once for all types.
    fn for_each(&self, element: &mut dyn FnMut(&Node<'_>)) {
        let Json::Array(list) = self.json else { return self.expected("a list") };
        for (i, json) in list.iter().enumerate() {
            element(&self.child(json, Path::Element(&self.path, i)));
        }
    }

    /// Read the fields of an object with `read`.
    pub fn map<T>(&self, read: fn(&Node<'_>) -> T) -> Vec<(String, T)> {
        self.entries().iter().map(|(name, node)| ((*name).to_owned(), read(node))).collect()
    }

    /// Return a string.
    pub fn string(&self) -> String {
        match self.json {
            Json::String(text) => text.clone(),
            _ => self.expected("a string"),
        }
    }

    /// Return a boolean.
    pub fn bool(&self) -> bool {
        match self.json {
            Json::Bool(yes) => *yes,
            _ => self.expected("true or false"),
        }
    }

    /// Return a number.
    pub fn number(&self) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => self.expected("a number"),
        }
    }

    /// Return an integer that is 0 or more; the largest `usize` for a larger one.
    pub fn usize(&self) -> usize {
        match self.json {
            Json::Number(number) if *number >= 0.0 && number.trunc() == *number => *number as usize,
            _ => self.expected("a whole number, 0 or more"),
        }
    }

    /// Return the value in `values` that a string names.
    ///
    /// # Panics
    /// Where the string names none and `values` is empty.
    pub fn one_of<T: Copy>(&self, values: &[(&str, T)]) -> T {
        let found = values.iter().find(|(name, _)| self.is(name));
        found
            .unwrap_or_else(|| {
                let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
                self.expected::<()>(&format!("one of {}", join(&names, ", ")));
                &values[0]
            })
            .1
    }

    /// Return whether the value is this string.
    pub fn is(&self, text: &str) -> bool {
        matches!(self.json, Json::String(own) if own == text)
    }

    /// Return whether the value is null.
    pub fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    /// Return whether the value is a number.
    pub fn is_number(&self) -> bool {
        matches!(self.json, Json::Number(_))
    }

    /// Record that something else was expected here, and return the default.
    pub fn expected<T: Default>(&self, expected: &str) -> T {
        self.record(format!("found {}, expected {expected}", Found(self.json)));
        T::default()
    }

    /// Record an error here, if it is the first one.
    fn record(&self, reason: String) {
        self.error.borrow_mut().get_or_insert_with(|| SchemaError { path: self.path.to_string(), reason });
    }

    /// Return a value within this one.
    fn child<'b>(&'b self, json: &'b Json, path: Path<'b>) -> Node<'b> {
        Node { json, path, error: self.error }
    }
}

/// A value, formatted in a few words.
struct Found<'a>(&'a Json);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Json::Null => f.write_str("null"),
            Json::Bool(yes) => yes.fmt(f),
            Json::Number(number) => Decimal(*number).fmt(f),
            Json::String(text) => write!(f, "\"{}\"", shorten(text)),
            Json::Array(list) if list.is_empty() => f.write_str("an empty list"),
            Json::Array(_) => f.write_str("a list"),
            Json::Object(_) => f.write_str("an object"),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => f.write_str(&shorten(name)),
            Path::Field(within, name) => write!(f, "{within}.{}", shorten(name)),
            Path::Element(within, i) => write!(f, "{within}[{i}]"),
        }
    }
}

/// Return the words with `separator` between them; shorter code than `[T]::join`, which is compiled for each length of the
/// separator.
pub(crate) fn join<T: AsRef<str>>(words: &[T], separator: &str) -> String {
    let mut text = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            text.push_str(separator);
        }
        text.push_str(word.as_ref());
    }
    text
}

/// Return the first 60 characters of `text`, and an ellipsis where there are more.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
