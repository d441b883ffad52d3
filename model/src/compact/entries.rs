//! Some named values, in their order: an object of JSON, which may have any names.

use serde::{Serialize, Serializer};

/// Few enough to look through.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T>(Vec<(String, T)>);

impl<T> Entries<T> {
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(entry, _)| entry == name).map(|(_, value)| value)
    }

    /// Puts a value under `name`, in the place of the one that is there.
    pub fn set(&mut self, name: &str, value: T) {
        match self.0.iter_mut().find(|(entry, _)| entry == name) {
            Some(entry) => entry.1 = value,
            None => self.push(name, value),
        }
    }

    /// Appends a value whose name is new.
    pub fn push(&mut self, name: &str, value: T) {
        self.0.push((name.into(), value));
    }

    pub fn remove(&mut self, name: &str) {
        if let Some(place) = self.0.iter().position(|(entry, _)| entry == name) {
            self.0.remove(place);
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T, const N: usize> From<[(String, T); N]> for Entries<T> {
    fn from(entries: [(String, T); N]) -> Self {
        Self(entries.into())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
