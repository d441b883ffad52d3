//! A small map in insertion order, instead of `indexmap` and its hash table.

use serde::{Serialize, Serializer};

/// A map from names to values, in insertion order. Lookup takes linear time.
///
/// ```
/// use fewclicks_model::compact::vec_map::VecMap;
/// let mut map = VecMap::from([("b".to_owned(), 1), ("a".to_owned(), 2)]);
/// map.insert("b", 3);
/// assert_eq!(map.iter().collect::<Vec<_>>(), [("b", &3), ("a", &2)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct VecMap<T>(Vec<(String, T)>);

impl<T> VecMap<T> {
    /// Return the value called `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(entry, _)| entry == name).map(|(_, value)| value)
    }

    /// Insert a value called `name`, or replace it.
    pub fn insert(&mut self, name: &str, value: T) {
        match self.0.iter_mut().find(|(entry, _)| entry == name) {
            Some(entry) => entry.1 = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// Remove the value called `name`.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(entry, _)| entry != name);
    }

    /// Remove all values.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Iterate over names and values.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Return the number of values.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Return whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for VecMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for VecMap<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut map = Self::default();
        entries.into_iter().for_each(|(name, value)| map.insert(&name, value));
        map
    }
}

impl<T, const N: usize> From<[(String, T); N]> for VecMap<T> {
    fn from(entries: [(String, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T: Serialize> Serialize for VecMap<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
