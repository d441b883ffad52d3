//! Read a JSON document field by field, in place of code that serde derives for every type.
//!
//! Asking never fails on the way: the first value that is not as expected is noted with its path, and read as the
//! default of its type. So a reader is a plain list of fields, and [`read`] says at its end whether all was as expected.

use super::decimal::Decimal;
use super::json::Json;
use super::vec_map::VecMap;
use std::cell::RefCell;
use std::fmt;

/// A value within a document, and its path.
#[derive(Debug)]
pub struct Node<'a> {
    json: &'a Json,
    path: Path<'a>,
    noted: &'a RefCell<Option<SchemaError>>,
}

/// The way from the document's root to a value.
#[derive(Debug)]
enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Element(&'a Path<'a>, usize),
}

/// A document that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
#[non_exhaustive]
pub struct SchemaError {
    /// Such as `architecture.item_fields[0].rows`; empty for the whole document.
    pub path: String,
    /// What was found there and what was expected.
    pub reason: String,
}

/// Read a document with `reader`.
///
/// # Errors
/// Names the first field that is missing, unknown or of another kind.
pub fn read<T>(json: &Json, reader: impl FnOnce(&Node<'_>) -> T) -> Result<T, SchemaError> {
    let noted = RefCell::new(None);
    let read = reader(&Node { json, path: Path::Root, noted: &noted });
    noted.into_inner().map_or(Ok(read), Err)
}

impl Node<'_> {
    /// Expect an object with no other fields than these; some of them may be missing.
    pub fn expect_only(&self, fields: &[&str]) {
        if let Some((_, unknown)) = self.entries().iter().find(|(name, _)| !fields.contains(name)) {
            unknown.note(format!("unknown, expected only {}", fields.join(", ")));
        }
    }

    /// A field; `None` where it is missing or null.
    pub fn optional<'b>(&'b self, name: &'b str) -> Option<Node<'b>> {
        let Json::Object(entries) = self.json else { return None };
        let (_, json) = entries.iter().find(|(entry, json)| entry == name && !matches!(json, Json::Null))?;
        Some(self.below(json, Path::Field(&self.path, name)))
    }

    /// A field that must be there.
    pub fn field<'b>(&'b self, name: &'b str) -> Node<'b> {
        self.optional(name).unwrap_or_else(|| {
            let missing = self.below(&Json::Null, Path::Field(&self.path, name));
            missing.note("missing".into());
            missing
        })
    }

    /// All fields of an object, in the order of the document.
    pub fn entries(&self) -> Vec<(&str, Node<'_>)> {
        let Json::Object(entries) = self.json else { return self.expected("an object") };
        let mut nodes = Vec::new();
        for (name, json) in entries {
            nodes.push((name.as_str(), self.below(json, Path::Field(&self.path, name))));
        }
        nodes
    }

    /// The elements of a list, each as `read` has it.
    pub fn list<T>(&self, read: fn(&Node<'_>) -> T) -> Vec<T> {
        let mut elements = Vec::new();
        self.for_each(&mut |element| elements.push(read(element)));
        elements
    }

    /// Take `dyn`, so that the loop is compiled once and not for every type in a list.
    fn for_each(&self, element: &mut dyn FnMut(&Node<'_>)) {
        let Json::Array(list) = self.json else { return self.expected("a list") };
        for (i, json) in list.iter().enumerate() {
            element(&self.below(json, Path::Element(&self.path, i)));
        }
    }

    /// The fields of an object, each as `read` has it.
    pub fn map<T>(&self, read: fn(&Node<'_>) -> T) -> VecMap<T> {
        let mut map = VecMap::default();
        for (name, node) in &self.entries() {
            map.insert(name, read(node));
        }
        map
    }

    /// A string.
    pub fn string(&self) -> String {
        match self.json {
            Json::String(text) => text.clone(),
            _ => self.expected("a string"),
        }
    }

    /// A boolean.
    pub fn bool(&self) -> bool {
        match self.json {
            Json::Bool(yes) => *yes,
            _ => self.expected("true or false"),
        }
    }

    /// A number.
    pub fn number(&self) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => self.expected("a number"),
        }
    }

    /// A number without fraction, 0 or more; the largest `usize` for one beyond it.
    pub fn usize(&self) -> usize {
        match self.json {
            Json::Number(number) if *number >= 0.0 && number.trunc() == *number => *number as usize,
            _ => self.expected("a whole number, 0 or more"),
        }
    }

    /// The one of `values` whose name the string is.
    pub fn one_of<T: Copy>(&self, values: &[(&str, T)]) -> T {
        let found = values.iter().find(|(name, _)| self.is(name));
        found
            .unwrap_or_else(|| {
                let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
                self.expected::<()>(&format!("one of {}", names.join(", ")));
                &values[0]
            })
            .1
    }

    /// Whether the value is this string.
    pub fn is(&self, text: &str) -> bool {
        matches!(self.json, Json::String(own) if own == text)
    }

    /// Whether the value is null.
    pub fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    /// Whether the value is a number.
    pub fn is_number(&self) -> bool {
        matches!(self.json, Json::Number(_))
    }

    /// Note that something else was expected here, and return the default.
    pub fn expected<T: Default>(&self, expected: &str) -> T {
        self.note(format!("found {}, expected {expected}", Found(self.json)));
        T::default()
    }

    fn note(&self, reason: String) {
        self.noted.borrow_mut().get_or_insert_with(|| SchemaError { path: self.path.to_string(), reason });
    }

    fn below<'b>(&'b self, json: &'b Json, path: Path<'b>) -> Node<'b> {
        Node { json, path, noted: self.noted }
    }
}

/// A value in a few words.
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

/// The first 60 characters of `text`, and an ellipsis where there are more.
pub fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
