//! Orders: the only place that sorts or looks up by name on a device. The standard library's sorts are fast, and some
//! kilobytes for every type and comparison; here there is one, a heap of positions.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Compares two positions.
pub type Compare<'a> = &'a dyn Fn(usize, usize) -> Ordering;

/// The name at a position.
pub type NameAt<'a> = &'a dyn Fn(usize) -> Cow<'a, str>;

/// The positions below `count` in the order that `compare` says, equals as they stand.
pub fn sorted(count: usize, compare: Compare) -> Vec<usize> {
    first((0..count).collect(), count, compare)
}

/// `numbers` from low to high. In training that is done for every field of every task, and no download is too large.
pub fn ascending(numbers: Vec<u32>) -> Vec<u32> {
    #[cfg(target_arch = "wasm32")]
    {
        let order = sorted(numbers.len(), &|a, b| numbers[a].cmp(&numbers[b]));
        order.into_iter().map(|place| numbers[place]).collect()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let mut numbers = numbers;
        numbers.sort_unstable();
        numbers
    }
}

/// The first `k` of `positions` in the order that `compare` says, equals from low to high.
pub fn first(positions: Vec<usize>, k: usize, compare: Compare) -> Vec<usize> {
    let mut heap = positions;
    for top in (0..heap.len() / 2).rev() {
        sift(&mut heap, top, compare);
    }
    let mut first = Vec::with_capacity(k.min(heap.len()));
    while first.len() < k && !heap.is_empty() {
        first.push(heap.swap_remove(0));
        sift(&mut heap, 0, compare);
    }
    first
}

/// Lets the position at `place` sink until none of the two below it comes before it.
fn sift(heap: &mut [usize], mut place: usize, compare: Compare) {
    let before = |a: usize, b: usize| compare(a, b).then(a.cmp(&b)).is_lt();
    loop {
        let mut next = place;
        for below in 2 * place + 1..(2 * place + 3).min(heap.len()) {
            if before(heap[below], heap[next]) {
                next = below;
            }
        }
        if next == place {
            return;
        }
        heap.swap(place, next);
        place = next;
    }
}

/// Positions of names, found by name. The names themselves stay where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Of each name a number that few others share.
    hashes: Vec<u32>,
    /// In the order of these, then of the names.
    positions: Vec<usize>,
}

impl Index {
    /// Of names that [`hash`] gave these numbers, and which `name_at` gives.
    pub fn hashed(hashes: Vec<u32>, name_at: NameAt) -> Self {
        let before = |a: usize, b: usize| hashes[a].cmp(&hashes[b]).then_with(|| name_at(a).cmp(&name_at(b)));
        let positions = sorted(hashes.len(), &before);
        Self { hashes, positions }
    }

    /// Of `count` names.
    pub fn of(count: usize, name_at: NameAt) -> Self {
        let mut hashes = Vec::new();
        for position in 0..count {
            hashes.push(hash(&name_at(position)));
        }
        Self::hashed(hashes, name_at)
    }

    /// The position of `name`, where `name_at` gives the names that the index was made of.
    pub fn find(&self, name: &str, name_at: NameAt) -> Option<usize> {
        let hash = hash(name);
        let before = |&position: &usize| {
            self.hashes[position] < hash || self.hashes[position] == hash && *name_at(position) < *name
        };
        let place = self.positions.partition_point(before);
        self.positions.get(place).copied().filter(|&position| name_at(position) == name)
    }

    /// The position of a name that stands twice.
    pub fn twice(&self, name_at: NameAt) -> Option<usize> {
        let same = |a: usize, b: usize| self.hashes[a] == self.hashes[b] && name_at(a) == name_at(b);
        self.positions.windows(2).find(|pair| same(pair[0], pair[1])).map(|pair| pair[0])
    }
}

/// FNV-1a (Fowler, Noll, Vo 1991).
pub fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The position of a name that stands twice among `count` names.
pub fn twice(count: usize, name_at: NameAt) -> Option<usize> {
    Index::of(count, name_at).twice(name_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_found_where_they_stand(names in prop::collection::btree_set("[a-c]{0,3}", 0..20), other in "[a-d]{0,3}") {
            let names: Vec<&str> = names.iter().rev().map(String::as_str).collect();
            let name_at = |i: usize| names[i].into();
            let index = Index::of(names.len(), &name_at);
            for name in names.iter().copied().chain([other.as_str()]) {
                prop_assert_eq!(index.find(name, &name_at), names.iter().position(|&n| n == name));
            }
            prop_assert_eq!(twice(names.len(), &name_at), None);
            let again = [names.as_slice(), &names[..names.len().min(1)]].concat();
            prop_assert_eq!(twice(again.len(), &|i| again[i].into()), (!names.is_empty()).then_some(0));
        }
    }

    proptest! {
        #[test]
        fn the_first_are_those_of_a_full_sort(keys in prop::collection::vec(0..9u8, 0..40), k in 0usize..50) {
            let mut expected: Vec<usize> = (0..keys.len()).collect();
            expected.sort_by_key(|&position| keys[position]);
            expected.truncate(k);
            prop_assert_eq!(first((0..keys.len()).collect(), k, &|a, b| keys[a].cmp(&keys[b])), expected);
        }
    }

    #[test]
    fn equals_stay_as_they_stand() {
        let keys = [3, 1, 3, 1, 2];
        assert_eq!(sorted(5, &|a, b| keys[a].cmp(&keys[b])), [1, 3, 4, 0, 2]);
    }
}
