//! The size of a generated site.

use anyhow::ensure;

/// Numbers of users, items and ratings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub users: usize,
    pub items: usize,
    /// Number of ratings in all; at most one per user and item.
    pub ratings: usize,
}

impl Shape {
    /// Check that such a site is possible: no user rates more than half of the items.
    ///
    /// # Errors
    /// Return an error that says which numbers do not fit.
    pub fn check(&self) -> anyhow::Result<()> {
        let Self { users, items, ratings } = *self;
        ensure!(users > 0 && items > 1 && ratings > 0, "expected at least 1 user, 2 items and 1 rating");
        let most = self.max_per_user() * users;
        ensure!(
            ratings <= most,
            "{ratings} ratings of {items} items by {users} users: expected at most {most}, half of the items each"
        );
        Ok(())
    }

    /// Return the maximum number of ratings of a user.
    pub(super) fn max_per_user(&self) -> usize {
        self.items / 2
    }
}
