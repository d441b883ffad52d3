//! Find names in a list by binary search, instead of a hash table.

use super::sort::argsort;

/// The positions of names in a list, sorted by name. The list itself is not copied: pass it to each call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameIndex(Vec<usize>);

impl NameIndex {
    /// Create the index of `names`.
    pub(crate) fn new(names: &[String]) -> Self {
        Self(argsort(names.len(), &|a, b| names[a].cmp(&names[b])))
    }

    /// Return the position of `name` in the list of the index; the first one where there are several.
    pub(crate) fn find(&self, names: &[String], name: &str) -> Option<usize> {
        let index = self.0.partition_point(|&position| names[position].as_str() < name);
        self.0.get(index).copied().filter(|&position| names[position] == name)
    }

    /// Return the first position of a name that occurs more than once.
    pub(crate) fn find_duplicate(&self, names: &[String]) -> Option<usize> {
        self.0.windows(2).find(|pair| names[pair[0]] == names[pair[1]]).map(|pair| pair[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Proves that names are found at their positions, other names are not found, and a repeated name is.
        #[test]
        fn names_are_found_at_their_positions(names in prop::collection::btree_set("[a-c]{0,3}", 0..20), other in "[a-d]{0,3}") {
            let mut names: Vec<String> = names.into_iter().rev().collect();
            let index = NameIndex::new(&names);
            for name in names.iter().chain([&other]) {
                prop_assert_eq!(index.find(&names, name), names.iter().position(|n| n == name));
            }
            prop_assert_eq!(index.find_duplicate(&names), None);
            names.extend(names.first().cloned());
            prop_assert_eq!(NameIndex::new(&names).find_duplicate(&names), (!names.is_empty()).then_some(0));
        }
    }
}
