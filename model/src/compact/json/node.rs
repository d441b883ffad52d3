//! A value within a document, asked for what should be there.
//!
//! Asking never fails on the way: what is not as it should be is noted, the first of it, and read as nothing. So reading
//! is a plain list of what there is, and [`read`] says at its end whether it was all there.

use super::Json;
use crate::compact::decimal::{decimal, is_whole, whole};
use crate::compact::entries::Entries;
use crate::compact::words::{cut, listed};
use std::cell::RefCell;

/// A value and its place.
pub struct Node<'a> {
    json: &'a Json,
    place: Place<'a>,
    noted: &'a RefCell<Option<Unfit>>,
}

/// A way down from the top.
enum Place<'a> {
    Top,
    Field(&'a Place<'a>, &'a str),
    Element(&'a Place<'a>, usize),
}

/// A document that is not what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// Such as `architecture.item_fields[0].rows`; nothing for the whole document.
    pub path: String,
    pub reason: String,
}

/// What `part` reads of a document.
///
/// # Errors
/// Where that is not all there, or not only that.
pub fn read<T>(json: &Json, part: impl FnOnce(&Node) -> T) -> Result<T, Unfit> {
    let noted = RefCell::new(None);
    let read = part(&Node { json, place: Place::Top, noted: &noted });
    match noted.into_inner() {
        None => Ok(read),
        Some(unfit) => Err(unfit),
    }
}

impl Node<'_> {
    /// An object with these fields, some of which may be missing, and no others.
    pub fn has_only(&self, fields: &[&str]) {
        if let Some((_, stranger)) = self.entries().iter().find(|(name, _)| !fields.contains(name)) {
            stranger.note(listed("unknown, expected only ", fields));
        }
    }

    /// A field; none where it is missing or null.
    pub fn optional<'b>(&'b self, name: &'b str) -> Option<Node<'b>> {
        let Json::Object(entries) = self.json else { return None };
        let (_, json) = entries.iter().find(|(entry, json)| entry == name && !matches!(json, Json::Null))?;
        Some(self.below(json, Place::Field(&self.place, name)))
    }

    /// A field that must be there.
    pub fn field<'b>(&'b self, name: &'b str) -> Node<'b> {
        self.optional(name).unwrap_or_else(|| {
            let missing = self.below(&Json::Null, Place::Field(&self.place, name));
            missing.note("missing".into());
            missing
        })
    }

    /// The fields of an object, whatever their names.
    pub fn entries(&self) -> Vec<(&str, Node<'_>)> {
        let Json::Object(entries) = self.json else { return self.expected("an object") };
        let mut nodes = Vec::new();
        for (name, json) in entries {
            nodes.push((name.as_str(), self.below(json, Place::Field(&self.place, name))));
        }
        nodes
    }

    /// The elements of a list, each as `read` has it.
    pub fn list<T>(&self, read: fn(&Node) -> T) -> Vec<T> {
        let mut elements = Vec::new();
        self.each(&mut |element| elements.push(read(element)));
        elements
    }

    /// Behind a pointer, as it would be compiled anew for every type in a list.
    fn each(&self, element: &mut dyn FnMut(&Node)) {
        let Json::List(list) = self.json else { return self.expected("a list") };
        for (i, json) in list.iter().enumerate() {
            element(&self.below(json, Place::Element(&self.place, i)));
        }
    }

    /// The fields of an object, each as `read` has it.
    pub fn map<T>(&self, read: fn(&Node) -> T) -> Entries<T> {
        let mut map = Entries::default();
        for (name, node) in &self.entries() {
            map.push(name, read(node));
        }
        map
    }

    pub fn text(&self) -> String {
        match self.json {
            Json::Text(text) => text.clone(),
            _ => self.expected("a string"),
        }
    }

    pub fn bool(&self) -> bool {
        match self.json {
            Json::Bool(yes) => *yes,
            _ => self.expected("true or false"),
        }
    }

    pub fn number(&self) -> f64 {
        match self.json {
            Json::Number(number) => *number,
            _ => self.expected("a number"),
        }
    }

    /// A number from 0 on without fraction; one beyond all sizes is the largest of them.
    pub fn whole(&self) -> usize {
        match self.json {
            Json::Number(number) if *number >= 0.0 && is_whole(*number) => *number as usize,
            _ => self.expected("a whole number, 0 or more"),
        }
    }

    /// The place of the value, a string, among `words`.
    pub fn word(&self, words: &[&str]) -> usize {
        let place = words.iter().position(|word| self.is(word));
        place.unwrap_or_else(|| self.expected(&listed("one of ", words)))
    }

    /// Whether the value is this string.
    pub fn is(&self, word: &str) -> bool {
        matches!(self.json, Json::Text(text) if text == word)
    }

    pub fn is_null(&self) -> bool {
        matches!(self.json, Json::Null)
    }

    pub fn is_number(&self) -> bool {
        matches!(self.json, Json::Number(_))
    }

    /// Notes that something else was expected here; nothing in its place.
    pub fn expected<T: Default>(&self, expected: &str) -> T {
        self.note_expected(expected);
        T::default()
    }

    fn note_expected(&self, expected: &str) {
        let found: String = match self.json {
            Json::Null => "null".into(),
            Json::Bool(yes) => if *yes { "true" } else { "false" }.into(),
            Json::Number(number) => decimal(*number),
            Json::Text(text) => ["\"", &cut(text), "\""].concat(),
            Json::List(list) if list.is_empty() => "an empty list".into(),
            Json::List(_) => "a list".into(),
            Json::Object(_) => "an object".into(),
        };
        self.note(["found ", &found, ", expected ", expected].concat());
    }

    fn note(&self, reason: String) {
        self.noted.borrow_mut().get_or_insert_with(|| Unfit { path: self.place.path(), reason });
    }

    fn below<'b>(&'b self, json: &'b Json, place: Place<'b>) -> Node<'b> {
        Node { json, place, noted: self.noted }
    }
}

impl Place<'_> {
    fn path(&self) -> String {
        match self {
            Place::Top => String::new(),
            Place::Field(Place::Top, name) => cut(name),
            Place::Field(within, name) => [&within.path(), ".", &cut(name)].concat(),
            Place::Element(within, i) => [&within.path(), "[", &whole(*i), "]"].concat(),
        }
    }
}
