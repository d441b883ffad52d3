//! The catalogue file: the items that can be recommended, and the evidence candidates.
//!
//! A [`Catalogue`] has the items' ids and the candidates. The titles and fields are separate: a list of [`Item`] natively,
//! in a browser the objects that its JSON parser made.

use super::error::{BundleError, BundleErrorKind};
use super::item::Item;
use crate::ask::Candidate;
use crate::compact::decimal::Decimal;
use crate::compact::json::Json;
use crate::compact::node::{self, Node};
use crate::math::name_index::NameIndex;
use serde::Serialize;

/// The number of candidates whose items the manifest repeats, enough for two pages of a dozen.
const OPENING: usize = 24;

/// The ids of all items and the evidence candidates. The position of an item in the catalogue is its row in a folded model.
///
/// ```
/// use fewclicks_model::{Candidate, Catalogue, Item};
/// let items = ["ramen", "pho"].map(|id| Item { id: id.into(), title: id.into(), ..Item::default() });
/// let catalogue = Catalogue::new(&items, vec![Candidate { item: 1, score: 2.5, known: 0.8 }])?;
/// assert_eq!((catalogue.len(), catalogue.find("pho"), catalogue.id(1)), (2, Some(1), "pho"));
///
/// let error = Catalogue::new(&items, vec![Candidate { item: 2, score: 2.5, known: 0.8 }]).unwrap_err();
/// assert_eq!(error.to_string(), "catalogue: candidates[0]: item 2, expected a number below 2");
/// # Ok::<(), fewclicks_model::BundleError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    /// The ids, by position.
    ids: Vec<String>,
    index: NameIndex,
    /// The evidence candidates, best first.
    candidates: Vec<Candidate>,
    /// The items of the first candidates, at most [`OPENING`].
    opening: Vec<Item>,
}

/// The content of the file.
#[derive(Serialize)]
struct Content<'a> {
    items: &'a [Item],
    candidates: &'a [Candidate],
}

impl Catalogue {
    /// Create a catalogue of `items` and evidence candidates, best first.
    ///
    /// # Errors
    /// Where there are no items, an id or a candidate's item is not unique, a candidate's item is not a position of an item,
    /// or its `known` is not from 0 to 1.
    pub fn new(items: &[Item], candidates: Vec<Candidate>) -> Result<Self, BundleError> {
        let ids = items.iter().map(|item| item.id.clone()).collect();
        Self::from_parts("catalogue", ids, candidates, &|position| items[position].clone())
    }

    /// Create a catalogue from the `ids` and `candidates` of `file`, which errors name. `item_at` is called for the items of
    /// the first candidates and returns the item at a position.
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

    /// Read the content of the file: the catalogue and its items.
    pub(super) fn read(file: &str, json: &Json) -> Result<(Self, Vec<Item>), BundleError> {
        let candidates = Self::read_candidates(file, json)?;
        let items = node::read(json, |node| node.field("items").list(Item::read));
        let items = items.map_err(|error| BundleError::schema(file, "", error))?;
        let ids = items.iter().map(|item| item.id.clone()).collect();
        let catalogue = Self::from_parts(file, ids, candidates, &|position| items[position].clone())?;
        Ok((catalogue, items))
    }

    /// Read the evidence candidates of the content of `file`. Check that it is an object of candidates and a list of items
    /// only; the items themselves are not checked.
    ///
    /// # Errors
    /// Where a field is missing, unknown or of another type.
    pub fn read_candidates(file: &str, json: &Json) -> Result<Vec<Candidate>, BundleError> {
        let candidates = node::read(json, |node| {
            node.expect_only(&["items", "candidates"]);
            node.field("items").list(|_| ());
            node.field("candidates").list(read_candidate)
        });
        candidates.map_err(|error| BundleError::schema(file, "", error))
    }

    /// Return the number of items.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Return whether there are no items; never true, as a catalogue has at least one.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Return the evidence candidates, best first.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Return the items of the 24 best evidence candidates, which a page can show before it has the whole catalogue.
    pub fn opening(&self) -> &[Item] {
        &self.opening
    }

    /// Return the id of the item at `position`.
    ///
    /// # Panics
    /// Where `position` is not below [`Catalogue::len`].
    pub fn id(&self, position: usize) -> &str {
        &self.ids[position]
    }

    /// Return the position of the item with this id, `None` where there is none.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.find(&self.ids, id)
    }

    /// Check that candidates are distinct items, with `known` from 0 to 1.
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

/// Return the content of the file.
pub(super) fn write(items: &[Item], candidates: &[Candidate]) -> Vec<u8> {
    serde_json::to_vec(&Content { items, candidates }).expect("plain data")
}

fn read_candidate(node: &Node<'_>) -> Candidate {
    node.expect_only(&["item", "score", "known"]);
    let (item, known) = (node.field("item").usize(), node.field("known").number() as f32);
    Candidate { item, score: node.field("score").number(), known }
}
