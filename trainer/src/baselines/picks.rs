//! Picks by user, and how often items were picked together.

use rayon::prelude::*;

/// Picks to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Picks<'a> {
    /// Rows of picked items by training user; each item at most once per user, and users may have none.
    pub users: &'a [Vec<u32>],
    /// Size of the catalogue; all rows of items are below it.
    pub items: usize,
}

impl Picks<'_> {
    /// Count the users who picked each item.
    pub(super) fn counts(&self) -> Vec<f32> {
        let mut counts = vec![0.0; self.items];
        self.users.iter().flatten().for_each(|&item| counts[item as usize] += 1.0);
        counts
    }
}

/// Return the items of pairs of item and rating.
pub fn only_items(picks: &[(u32, f32)]) -> Vec<u32> {
    picks.iter().map(|&(item, _)| item).collect()
}

/// Largest catalogue whose counts are kept, in 100 MB.
const MAX_KEPT: usize = 5_000;

/// Counts of users who picked two items. Of large catalogues they are computed when needed: memory grows with the picks
/// then, not with the square of the catalogue.
pub(super) struct CoPicks {
    by_user: Vec<Vec<u32>>,
    by_item: Vec<Vec<u32>>,
    /// The counts, (items × items); empty if they are not kept.
    counts: Vec<f32>,
}

impl CoPicks {
    pub fn of(picks: Picks) -> Self {
        let mut by_item = vec![Vec::new(); picks.items];
        for (user, items) in (0..).zip(picks.users) {
            items.iter().for_each(|&item| by_item[item as usize].push(user));
        }
        let mut all = Self { by_user: picks.users.to_vec(), by_item, counts: Vec::new() };
        if (1..=MAX_KEPT).contains(&picks.items) {
            let mut counts = vec![0.0; picks.items * picks.items];
            let rows = counts.par_chunks_mut(picks.items).enumerate();
            rows.for_each(|(item, row)| all.add(item, 1.0, row));
            all.counts = counts;
        }
        all
    }

    /// Add `weight` to `sums[j]` for every user who picked both `item` and j.
    pub fn add(&self, item: usize, weight: f32, sums: &mut [f32]) {
        if !self.counts.is_empty() {
            let row = &self.counts[item * sums.len()..][..sums.len()];
            sums.iter_mut().zip(row).for_each(|(sum, count)| *sum += weight * count);
            return;
        }
        for &user in &self.by_item[item] {
            self.by_user[user as usize].iter().for_each(|&other| sums[other as usize] += weight);
        }
    }
}
