//! The catalogue file: what can be recommended, in words for people, and what is worth asking about.
//!
//! The model needs the items' ids and the evidence candidates. What people see of an item stays with whoever shows it:
//! natively a list of [`Item`], in a browser the objects that its JSON parser made.

use super::error::{BundleError, BundleErrorKind};
use super::item::Item;
use crate::ask::Candidate;
use crate::compact::decimal::Decimal;
use crate::compact::json::Json;
use crate::compact::name_index::NameIndex;
use crate::compact::node::{self, Node};
use serde::Serialize;

/// How many candidates a manifest repeats: two walls of a dozen.
const OPENING: usize = 24;

/// The ids of all items and the evidence candidates. An item's position among the ids is its position in the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    ids: Vec<String>,
    index: NameIndex,
    candidates: Vec<Candidate>,
    /// The items of the first candidates.
    opening: Vec<Item>,
}

/// The file's content.
#[derive(Serialize)]
struct Content<'a> {
    items: &'a [Item],
    candidates: &'a [Candidate],
}

impl Catalogue {
    /// A catalogue of items, and evidence candidates, best first.
    ///
    /// # Errors
    /// Where an id occurs twice, or a candidate is no item, or one twice.
    pub fn new(items: &[Item], candidates: Vec<Candidate>) -> Result<Self, BundleError> {
        let ids = items.iter().map(|item| item.id.clone()).collect();
        Self::from_parts("catalogue", ids, candidates, &|position| items[position].clone())
    }

    /// A catalogue that was read from `file`; `item_at` gives the item at a position.
    ///
    /// # Errors
    /// As [`Catalogue::new`].
    pub fn from_parts(
        file: &str,
        ids: Vec<String>,
        candidates: Vec<Candidate>,
        item_at: &dyn Fn(usize) -> Item,
    ) -> Result<Self, BundleError> {
        if ids.is_empty() {
            return Err(BundleError::new(file, "items", BundleErrorKind::Missing));
        }
        let index = NameIndex::new(&ids);
        if let Some(position) = index.find_duplicate(&ids) {
            return Err(BundleError::new(file, "items", BundleErrorKind::Duplicate(ids[position].clone())));
        }
        let mut catalogue = Self { ids, index, candidates, opening: Vec::new() };
        catalogue.check_candidates(file)?;
        let first = catalogue.candidates.iter().take(OPENING);
        catalogue.opening = first.map(|candidate| item_at(candidate.item)).collect();
        Ok(catalogue)
    }

    /// Read the file's content: the catalogue and what people see of its items.
    pub(super) fn read(file: &str, json: &Json) -> Result<(Self, Vec<Item>), BundleError> {
        let candidates = Self::read_candidates(file, json)?;
        let items = node::read(json, |node| node.field("items").list(Item::read));
        let items = items.map_err(|error| BundleError::schema(file, "", error))?;
        let ids = items.iter().map(|item| item.id.clone()).collect();
        let catalogue = Self::from_parts(file, ids, candidates, &|position| items[position].clone())?;
        Ok((catalogue, items))
    }

    /// Read the evidence candidates of a file's content, and check that there is a list of items, and nothing else.
    ///
    /// # Errors
    /// Names the field that is missing, unknown or of another kind.
    pub fn read_candidates(file: &str, json: &Json) -> Result<Vec<Candidate>, BundleError> {
        let candidates = node::read(json, |node| {
            node.expect_only(&["items", "candidates"]);
            node.field("items").list(|_| ());
            node.field("candidates").list(read_candidate)
        });
        candidates.map_err(|error| BundleError::schema(file, "", error))
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are no items; a catalogue has at least one.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Evidence candidates, best first.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The items of the best evidence candidates, as many as a page may want to show before it has the whole catalogue.
    pub fn opening(&self) -> &[Item] {
        &self.opening
    }

    /// The id of the item at `position`.
    ///
    /// # Panics
    /// Where there is no such item.
    pub fn id(&self, position: usize) -> &str {
        &self.ids[position]
    }

    /// The position of the item with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.find(&self.ids, id)
    }

    fn check_candidates(&self, file: &str) -> Result<(), BundleError> {
        let mut seen = vec![false; self.len()];
        for (i, &Candidate { item, known, .. }) in self.candidates.iter().enumerate() {
            let error = |kind| BundleError::new(file, format!("candidates[{i}]"), kind);
            let range = |found: String, expected: String| error(BundleErrorKind::Range { found, expected });
            let Some(seen) = seen.get_mut(item) else {
                return Err(range(format!("item {item}"), format!("a number below {}", self.len())));
            };
            if !(0.0..=1.0).contains(&known) {
                return Err(range(format!("known {}", Decimal::from(known)), "a share from 0 to 1".into()));
            }
            if std::mem::replace(seen, true) {
                return Err(error(BundleErrorKind::Duplicate(self.id(item).into())));
            }
        }
        Ok(())
    }
}

/// Write the file's content.
pub(super) fn write(items: &[Item], candidates: &[Candidate]) -> Vec<u8> {
    serde_json::to_vec(&Content { items, candidates }).expect("plain data")
}

fn read_candidate(node: &Node<'_>) -> Candidate {
    node.expect_only(&["item", "score", "known"]);
    let (item, known) = (node.field("item").usize(), node.field("known").number() as f32);
    Candidate { item, score: node.field("score").number(), known }
}
