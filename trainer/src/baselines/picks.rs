//! Who picked what, and what is picked together.

/// Picks to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Picks<'a> {
    /// Per training user the item rows picked, each at most once; users without any do no harm.
    pub users: &'a [Vec<u32>],
    /// Size of the catalogue; all item rows are below.
    pub items: usize,
}

impl Picks<'_> {
    /// Per item how many users picked it.
    pub(super) fn counts(&self) -> Vec<f32> {
        let mut counts = vec![0.0; self.items];
        self.users.iter().flatten().for_each(|&item| counts[item as usize] += 1.0);
        counts
    }
}

/// Picks as the methods for them read them: items alone.
pub fn only_items(picks: &[(u32, f32)]) -> Vec<u32> {
    picks.iter().map(|&(item, _)| item).collect()
}

/// How many users picked two items both, counted when asked: memory grows with the picks, not with the square of the
/// catalogue.
pub(super) struct CoPicks {
    by_user: Vec<Vec<u32>>,
    by_item: Vec<Vec<u32>>,
}

impl CoPicks {
    pub fn of(picks: Picks) -> Self {
        let mut by_item = vec![Vec::new(); picks.items];
        for (user, items) in (0..).zip(picks.users) {
            items.iter().for_each(|&item| by_item[item as usize].push(user));
        }
        Self { by_user: picks.users.to_vec(), by_item }
    }

    /// Adds `weight` to `sums[j]` for every user who picked both `item` and j.
    pub fn add(&self, item: usize, weight: f32, sums: &mut [f32]) {
        for &user in &self.by_item[item] {
            self.by_user[user as usize].iter().for_each(|&other| sums[other as usize] += weight);
        }
    }
}
