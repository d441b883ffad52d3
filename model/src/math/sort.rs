//! Sort positions by a comparison.
//!
//! Both functions use one heap, which suits partial sorts; with `dyn` comparisons it is compiled once.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A comparison of the elements at two positions.
pub(crate) type Compare<'a> = &'a dyn Fn(usize, usize) -> Ordering;

/// Return the positions below `count`, sorted by `compare`; equals in ascending order.
pub(crate) fn argsort(count: usize, compare: Compare<'_>) -> Vec<usize> {
    partial_sort((0..count).collect(), count, compare)
}

/// Return the first `k` of `positions` in the order of `compare`; equals in ascending order.
pub(crate) fn partial_sort(positions: Vec<usize>, k: usize, compare: Compare<'_>) -> Vec<usize> {
    let k = k.min(positions.len());
    let mut heap: BinaryHeap<Entry<'_>> = positions.into_iter().map(|position| Entry { position, compare }).collect();
    let mut first = Vec::with_capacity(k);
    while first.len() < k
        && let Some(entry) = heap.pop()
    {
        first.push(entry.position);
    }
    first
}

/// Sort `numbers`, and keep each of them once. In WebAssembly it is the heap that sorts, as the standard library's sort would
/// add 4 kB; natively training needs the faster one.
pub(crate) fn sort_distinct(numbers: &mut Vec<u32>) {
    #[cfg(target_arch = "wasm32")]
    {
        let order = argsort(numbers.len(), &|a, b| numbers[a].cmp(&numbers[b]));
        *numbers = order.into_iter().map(|position| numbers[position]).collect();
    }
    #[cfg(not(target_arch = "wasm32"))]
    numbers.sort_unstable();
    numbers.dedup();
}

/// A position in a heap, whose top is the first in the order of `compare`.
struct Entry<'a> {
    position: usize,
    compare: Compare<'a>,
}

impl Ord for Entry<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.compare)(other.position, self.position).then(other.position.cmp(&self.position))
    }
}

impl PartialOrd for Entry<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry<'_> {}

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
