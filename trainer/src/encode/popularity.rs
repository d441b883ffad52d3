//! Orders items by popularity.

use std::cmp::Reverse;

/// Return all items, the most popular first, ties in the catalogue's order.
pub fn by_popularity(popularity: &[u32]) -> Vec<usize> {
    let mut items: Vec<usize> = (0..popularity.len()).collect();
    items.sort_by_key(|&item| Reverse(popularity[item]));
    items
}
