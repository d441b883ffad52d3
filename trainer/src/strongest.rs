//! The strongest of many, as a short list.

/// Return the `count` entries with the largest `key` of their number, largest first, equal ones in ascending order of items. The list
/// takes no more memory than its entries: one is kept for each item or user.
pub fn strongest(mut list: Vec<(u32, f32)>, count: usize, key: impl Fn(f32) -> f32) -> Vec<(u32, f32)> {
    let by_key = |a: &(u32, f32), b: &(u32, f32)| key(b.1).total_cmp(&key(a.1)).then(a.0.cmp(&b.0));
    if list.len() > count {
        list.select_nth_unstable_by(count, by_key);
        list.truncate(count);
    }
    list.sort_unstable_by(by_key);
    list.shrink_to_fit();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_in_the_order_of_items_and_no_memory_is_spare() {
        let list: Vec<(u32, f32)> = [3.0, -5.0, 1.0, 3.0, 5.0, 3.0].into_iter().zip(0..).map(|(x, i)| (i, x)).collect();
        let found = strongest(list.clone(), 3, |x| x);
        assert_eq!(found, [(4, 5.0), (0, 3.0), (3, 3.0)]);
        assert_eq!(found.capacity(), 3);
        assert_eq!(strongest(list.clone(), 2, f32::abs), [(1, -5.0), (4, 5.0)]);
        assert_eq!(strongest(list.clone(), 9, |x| x).len(), 6);
        assert!(strongest(list, 0, |x| x).is_empty());
    }
}
