//! The catalogue file: what can be recommended, in words for people, and what is worth asking about.
//!
//! A catalogue may be long, and a visitor looks at a few dozen of its items. So the file is checked once, from end to
//! end, and kept as it is; an item is read again when it is to be shown.

use super::error::{BundleError, Rule, refuse};
use super::fields;
use crate::compact::decimal::{decimal, whole};
use crate::compact::entries::Entries;
use crate::compact::json::{self, Unfit, parse_at, parse_long};
use crate::compact::order::{Index, hash};
use serde::Serialize;
use std::borrow::Cow;

/// Two walls of a dozen.
const OPENING: usize = 24;

/// The file, checked. Positions in it are the items' positions in the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    text: String,
    /// Where each item begins in it.
    places: Vec<u32>,
    index: Index,
    candidates: Vec<Asked>,
}

/// An item as people see it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// The site's id.
    pub id: String,
    pub title: String,
    /// Whatever else there is to show, such as `year` or `genre`; a list of values each.
    pub fields: Entries<Vec<String>>,
}

/// An evidence candidate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// Position of the item.
    pub item: usize,
    /// The higher, the better a question.
    pub score: f64,
    /// The share of people who know the item, 0 to 1.
    pub known: f32,
}

/// The file's content, to be written.
#[derive(Serialize)]
struct Content<'a> {
    items: &'a [Item],
    candidates: &'a [Asked],
}

impl Catalogue {
    /// Of items, and evidence candidates, best first.
    ///
    /// # Errors
    /// As where a file with them is read: an id that stands twice, a candidate that is no item.
    pub fn new(items: &[Item], candidates: &[Asked]) -> Result<Self, Box<BundleError>> {
        let text = serde_json::to_string(&Content { items, candidates }).expect("plain data");
        Self::read("catalogue", text)
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Evidence candidates, best first.
    pub fn candidates(&self) -> &[Asked] {
        &self.candidates
    }

    /// The best evidence candidates, as many as a page may want to show before it has the whole catalogue.
    pub(super) fn opening(&self) -> Vec<Item> {
        self.candidates.iter().take(OPENING).map(|asked| self.item(asked.item)).collect()
    }

    /// The item at `position`.
    pub fn item(&self, position: usize) -> Item {
        let json = parse_at(&self.text, self.places[position] as usize);
        json::read(&json, fields::item).unwrap_or_default()
    }

    /// The position of the item with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.find(id, &|position| self.id_at(position))
    }

    fn id_at(&self, position: usize) -> Cow<'_, str> {
        self.item(position).id.into()
    }

    /// The file's bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Reads and checks the bytes of `file`.
    pub(super) fn parse(file: &str, bytes: Vec<u8>) -> Result<Self, Box<BundleError>> {
        let syntax = |reason| refuse(file, "JSON", Rule::Syntax(reason));
        let text = String::from_utf8(bytes)
            .map_err(|error| syntax(["byte ", &whole(error.utf8_error().valid_up_to()), " is no UTF-8"].concat()))?;
        Self::read(file, text)
    }

    fn read(file: &str, text: String) -> Result<Self, Box<BundleError>> {
        let (mut places, mut hashes, mut unfit) = (Vec::new(), Vec::new(), None);
        let document = parse_long(&text, "items", &mut |start, json| {
            match json::read(&json, fields::item) {
                Ok(item) => hashes.push(hash(&item.id)),
                Err(reason) => drop(unfit.get_or_insert((places.len(), reason))),
            }
            places.push(start as u32);
        });
        let document = document.map_err(|reason| refuse(file, "JSON", Rule::Syntax(reason)))?;
        let candidates = fields::read(file, &document, fields::candidates)?;
        if let Some((item, Unfit { path, reason })) = unfit {
            let dot = if path.is_empty() { "" } else { "." };
            return Err(refuse(file, &["items[", &whole(item), "]", dot, &path].concat(), Rule::Unfit(reason)));
        }
        let mut catalogue = Self { text, places, index: Index::default(), candidates };
        catalogue.index = Index::hashed(hashes, &|position| catalogue.id_at(position));
        catalogue.check(file)?;
        Ok(catalogue)
    }

    fn check(&self, file: &str) -> Result<(), Box<BundleError>> {
        if self.is_empty() {
            return Err(refuse(file, "items", Rule::Missing));
        }
        if let Some(item) = self.index.twice(&|position| self.id_at(position)) {
            return Err(refuse(file, "items", Rule::Duplicate(self.item(item).id)));
        }
        let mut asked = vec![false; self.len()];
        for (i, candidate) in self.candidates.iter().enumerate() {
            let field = ["candidates[", &whole(i), "]"].concat();
            let range = |found: String, expected: String| refuse(file, &field, Rule::Range { found, expected });
            let Some(seen) = asked.get_mut(candidate.item) else {
                let below = ["a number below ", &whole(self.len())].concat();
                return Err(range(["item ", &whole(candidate.item)].concat(), below));
            };
            if !(0.0..=1.0).contains(&candidate.known) {
                return Err(range(["known ", &decimal(candidate.known.into())].concat(), "a share from 0 to 1".into()));
            }
            if std::mem::replace(seen, true) {
                return Err(refuse(file, &field, Rule::Duplicate(self.item(candidate.item).id)));
            }
        }
        Ok(())
    }
}
