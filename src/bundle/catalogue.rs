//! The catalogue file: what can be recommended, in words for people, and what is worth asking about.

use super::error::{BundleError, Rule, refuse};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The parsed file. Positions in it are the items' positions in the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    pub items: Vec<Item>,
    /// Evidence candidates, best first.
    pub candidates: Vec<Asked>,
}

/// An item as people see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The site's id.
    pub id: String,
    pub title: String,
    /// Whatever else there is to show, such as `year` or `genre`; a list of values each.
    #[serde(default)]
    pub fields: BTreeMap<String, Vec<String>>,
}

/// An evidence candidate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Position of the item.
    pub item: usize,
    /// The higher, the better a question.
    pub score: f64,
    /// The share of people who know the item, 0 to 1.
    pub known: f32,
}

impl Catalogue {
    /// Position of every id.
    pub fn positions(&self) -> HashMap<String, usize> {
        self.items.iter().enumerate().map(|(position, item)| (item.id.clone(), position)).collect()
    }

    /// Reads and checks the bytes of `file`.
    pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Self, BundleError> {
        let syntax = |error: serde_json::Error| refuse(file, "JSON", Rule::Syntax(error.to_string()));
        let catalogue: Self = serde_json::from_slice(bytes).map_err(syntax)?;
        catalogue.check(file)?;
        Ok(catalogue)
    }

    fn check(&self, file: &str) -> Result<(), BundleError> {
        if self.items.is_empty() {
            return Err(refuse(file, "items", Rule::Missing));
        }
        let mut ids = std::collections::HashSet::new();
        if let Some(twice) = self.items.iter().find(|item| !ids.insert(&item.id)) {
            return Err(refuse(file, "items", Rule::Duplicate(twice.id.clone())));
        }
        let mut asked = vec![false; self.items.len()];
        for (i, candidate) in self.candidates.iter().enumerate() {
            let field = format!("candidates[{i}]");
            let range = |found: String, expected: String| refuse(file, &field, Rule::Range { found, expected });
            let Some(seen) = asked.get_mut(candidate.item) else {
                return Err(range(format!("item {}", candidate.item), format!("a number below {}", self.items.len())));
            };
            if !(0.0..=1.0).contains(&candidate.known) {
                return Err(range(format!("known {}", candidate.known), "a share from 0 to 1".into()));
            }
            if std::mem::replace(seen, true) {
                return Err(refuse(file, field, Rule::Duplicate(self.items[candidate.item].id.clone())));
            }
        }
        Ok(())
    }
}
