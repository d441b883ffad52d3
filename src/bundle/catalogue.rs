//! The catalogue file: what can be recommended, in words for people, and what is worth asking about.

use super::error::{BundleError, Rule, refuse};
use super::fields;
use crate::decimal::{decimal, whole};
use crate::entries::Entries;
use crate::order::{Index, twice};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// The parsed file. Positions in it are the items' positions in the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Catalogue {
    pub items: Vec<Item>,
    /// Evidence candidates, best first.
    pub candidates: Vec<Asked>,
}

/// An item as people see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

impl Catalogue {
    /// To find items by their ids.
    pub fn index(&self) -> Index {
        Index::of(self.items.len(), &|item| &self.items[item].id)
    }

    /// Reads and checks the bytes of `file`.
    pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Self, Box<BundleError>> {
        let catalogue = fields::read(file, &fields::document(file, bytes)?, fields::catalogue)?;
        catalogue.check(file)?;
        Ok(catalogue)
    }

    fn check(&self, file: &str) -> Result<(), Box<BundleError>> {
        if self.items.is_empty() {
            return Err(refuse(file, "items", Rule::Missing));
        }
        if let Some(item) = twice(self.items.len(), &|item| &self.items[item].id) {
            return Err(refuse(file, "items", Rule::Duplicate(self.items[item].id.clone())));
        }
        let mut asked = vec![false; self.items.len()];
        for (i, candidate) in self.candidates.iter().enumerate() {
            let field = ["candidates[", &whole(i), "]"].concat();
            let range = |found: String, expected: String| refuse(file, &field, Rule::Range { found, expected });
            let Some(seen) = asked.get_mut(candidate.item) else {
                let below = ["a number below ", &whole(self.items.len())].concat();
                return Err(range(["item ", &whole(candidate.item)].concat(), below));
            };
            if !(0.0..=1.0).contains(&candidate.known) {
                return Err(range(["known ", &decimal(candidate.known.into())].concat(), "a share from 0 to 1".into()));
            }
            if core::mem::replace(seen, true) {
                return Err(refuse(file, &field, Rule::Duplicate(self.items[candidate.item].id.clone())));
            }
        }
        Ok(())
    }
}
