//! Reads JSON lines: an object a line. A column is a key; `a.b` is key `b` of the object at key `a`.

use super::files::TableFile;
use super::format::Format;
use super::lines::Lines;
use super::record::{ELEMENT, Record};
use super::rows::{Reader, Wanted};
use crate::data::error::{DataError, quoted};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::PathBuf;

pub struct JsonReader {
    path: PathBuf,
    lines: Lines,
    wanted: Vec<String>,
    /// Columns whose key every row needs.
    needed: Vec<bool>,
    /// Index of each wanted column among the first object's keys; those that it has not come last.
    order: Vec<usize>,
    unread: Vec<String>,
    /// Cells of the current row; `None` where there is no such key.
    cells: Vec<Option<String>>,
    /// The first row, which was read to know the keys.
    first: Option<(u64, String)>,
}

impl JsonReader {
    /// Open a file; `None` if it is empty.
    ///
    /// # Errors
    /// Return an error if the first line is not an object.
    pub fn open(file: &TableFile, format: &Format, wanted: &[Wanted]) -> Result<Option<Self>, DataError> {
        let mut reader = Self {
            path: file.path.clone(),
            lines: Lines::open(file, format)?,
            wanted: wanted.iter().map(|column| column.name.to_owned()).collect(),
            needed: wanted.iter().map(|column| column.needed).collect(),
            order: vec![usize::MAX; wanted.len()],
            unread: Vec::new(),
            cells: vec![None; wanted.len()],
            first: None,
        };
        reader.first = reader.line()?;
        let Some((number, line)) = &reader.first else { return Ok(None) };
        if line.trim_start().starts_with('[') {
            let error = DataError::new(&reader.path, "a JSON array", "JSON lines, an object on each line");
            return Err(error.at_line(*number).advise("write its elements one a line, as jq -c '.[]' does"));
        }
        // What is no object is reported when its row is read.
        let keys: Vec<String> = serde_json::from_str::<Keys>(line).map_or_else(|_| Vec::new(), |keys| keys.0);
        for (order, name) in reader.order.iter_mut().zip(&reader.wanted) {
            let top = name.split('.').next().unwrap_or_default();
            let index = keys.iter().position(|key| key == name).or_else(|| keys.iter().position(|key| key == top));
            *order = index.unwrap_or(usize::MAX);
        }
        let read = |key: &String| {
            reader
                .wanted
                .iter()
                .any(|name| name == key || name.strip_prefix(&**key).is_some_and(|r| r.starts_with('.')))
        };
        reader.unread = keys.iter().filter(|key| !read(key)).cloned().collect();
        Ok(Some(reader))
    }

    /// Return the next line that is not blank.
    fn line(&mut self) -> Result<Option<(u64, String)>, DataError> {
        while let Some((number, line)) = self.lines.next()? {
            if !line.trim().is_empty() {
                return Ok(Some((number, line.trim().to_owned())));
            }
        }
        Ok(None)
    }
}

impl Reader for JsonReader {
    fn order(&self) -> &[usize] {
        &self.order
    }

    fn unread(&self) -> &[String] {
        &self.unread
    }

    fn next(&mut self, record: &mut Record) -> Result<Option<u64>, DataError> {
        let next = match self.first.take() {
            Some(first) => Some(first),
            None => self.line()?,
        };
        let Some((number, line)) = next else { return Ok(None) };
        self.cells.fill(None);
        let mut parser = serde_json::Deserializer::from_str(&line);
        let object = Object { prefix: "", wanted: &self.wanted, cells: &mut self.cells };
        object.deserialize(&mut parser).and_then(|()| parser.end()).map_err(|error| {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let found = message.strip_suffix(&place).unwrap_or(&message);
            let found = format!("at character {}: {found}", error.column());
            DataError::new(&self.path, found, "a JSON object").at_line(number)
        })?;
        record.clear();
        for ((cell, name), needed) in self.cells.iter().zip(&self.wanted).zip(&self.needed) {
            if cell.is_none() && *needed {
                let error = DataError::new(&self.path, "no such key", "it in every object").at_line(number);
                return Err(error.in_column(name).advise("add it or name another key in schema.toml"));
            }
            record.push(cell.as_deref().unwrap_or_default());
        }
        Ok(Some(number))
    }
}

/// Reads the wanted keys of an object.
struct Object<'a> {
    /// The keys on the way to this object, each followed by a dot.
    prefix: &'a str,
    wanted: &'a [String],
    cells: &'a mut [Option<String>],
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let name = if self.prefix.is_empty() { key } else { format!("{}{key}", self.prefix).into() };
            if let Some(index) = self.wanted.iter().position(|wanted| *wanted == name) {
                let mut cell = String::new();
                map.next_value_seed(Value { name: &name, cell: &mut cell, listed: false })?;
                self.cells[index] = Some(cell);
                // One key can be two columns, such as id and title.
                let others = (index + 1..self.wanted.len()).filter(|&other| self.wanted[other] == name);
                let cell = self.cells[index].clone();
                others.for_each(|other| self.cells[other].clone_from(&cell));
                continue;
            }
            let inner = format!("{name}.");
            if self.wanted.iter().any(|wanted| wanted.starts_with(&inner)) {
                map.next_value_seed(MaybeObject(Object { prefix: &inner, wanted: self.wanted, cells: self.cells }))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// An object or null.
struct MaybeObject<'a>(Object<'a>);

impl<'de> DeserializeSeed<'de> for MaybeObject<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MaybeObject<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object or null at key {:?}", self.0.prefix.trim_end_matches('.'))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        // The value is missing, though the key is there.
        let inside = |name: &String| name.starts_with(self.0.prefix);
        let cells = self.0.wanted.iter().zip(self.0.cells).filter(|(name, _)| inside(name));
        cells.for_each(|(_, cell)| *cell = Some(String::new()));
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<(), M::Error> {
        self.0.visit_map(map)
    }
}

/// Appends a value as text: null is empty, and each element of an array follows [`ELEMENT`].
struct Value<'a> {
    name: &'a str,
    cell: &'a mut String,
    listed: bool,
}

impl Value<'_> {
    fn write<E: Error>(self, value: impl fmt::Display) -> Result<(), E> {
        write!(self.cell, "{value}").map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = if self.listed { "" } else { ", a list of these" };
        write!(f, "a text, a number{list} or null at key {}", quoted(self.name))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.write(text)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.write(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.write(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.write(number)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.write(value)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        if self.listed {
            return Err(S::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        }
        loop {
            self.cell.push(ELEMENT);
            let element = Value { name: self.name, cell: self.cell, listed: true };
            if list.next_element_seed(element)?.is_none() {
                self.cell.pop();
                return Ok(());
            }
        }
    }
}

/// The keys of an object, in its order.
struct Keys(Vec<String>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Keys, M::Error> {
                let mut names = BTreeMap::new();
                while let Some((name, _)) = map.next_entry::<String, IgnoredAny>()? {
                    let next = names.len();
                    names.entry(name).or_insert(next);
                }
                let mut names: Vec<(String, usize)> = names.into_iter().collect();
                names.sort_by_key(|(_, index)| *index);
                Ok(Keys(names.into_iter().map(|(name, _)| name).collect()))
            }
        }
        deserializer.deserialize_map(Names)
    }
}
