//! The size of a generated site.

use anyhow::ensure;

/// How large a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub users: usize,
    pub items: usize,
    /// In all; at most one of each user for each item.
    pub ratings: usize,
}

impl Shape {
    /// Whether there is such a site: nobody rates more than half of the items.
    ///
    /// # Errors
    /// Says which numbers do not fit.
    pub fn check(&self) -> anyhow::Result<()> {
        let Self { users, items, ratings } = *self;
        ensure!(users > 0 && items > 1 && ratings > 0, "expected at least 1 user, 2 items and 1 rating");
        let most = self.most_of_one() * users;
        ensure!(
            ratings <= most,
            "{ratings} ratings of {items} items by {users} users: expected at most {most}, half of the items each"
        );
        Ok(())
    }

    /// The most items that one user rates.
    pub(super) fn most_of_one(&self) -> usize {
        self.items / 2
    }
}
