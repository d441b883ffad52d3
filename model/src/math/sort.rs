//! Sort positions by a comparison.
//!
//! The standard library's sort is compiled for every type and comparison, to some kilobytes each. With `dyn` comparisons
//! it is compiled once.

use std::cmp::Ordering;

/// A comparison of the elements at two positions.
pub(crate) type Compare<'a> = &'a dyn Fn(usize, usize) -> Ordering;

/// Return the positions below `count`, sorted by `compare`; equals in ascending order.
pub(crate) fn argsort(count: usize, compare: Compare<'_>) -> Vec<usize> {
    partial_sort((0..count).collect(), count, compare)
}

/// Return the first `k` of `positions` in the order of `compare`; equals in ascending order.
pub(crate) fn partial_sort(mut positions: Vec<usize>, k: usize, compare: Compare<'_>) -> Vec<usize> {
    positions.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    positions.truncate(k);
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Proves that the first of a partial sort are those of a full, stable one.
        #[test]
        fn the_first_are_those_of_a_full_sort(keys in prop::collection::vec(0..9u8, 0..40), k in 0usize..50) {
            let mut expected: Vec<usize> = (0..keys.len()).collect();
            expected.sort_by_key(|&position| keys[position]);
            expected.truncate(k);
            prop_assert_eq!(partial_sort((0..keys.len()).rev().collect(), k, &|a, b| keys[a].cmp(&keys[b])), expected);
        }
    }

    #[test]
    fn equals_keep_their_order() {
        let keys = [3, 1, 3, 1, 2];
        assert_eq!(argsort(5, &|a, b| keys[a].cmp(&keys[b])), [1, 3, 4, 0, 2]);
    }
}
