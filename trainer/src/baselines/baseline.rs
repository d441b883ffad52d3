//! The interface of baselines: what they learn from, and what they predict for a new user.

use fewclicks_model::network::task::{Rows, User};

/// Ratings to learn from, and what is known of items and users.
#[derive(Clone, Copy, Debug)]
pub struct Ratings<'a> {
    /// Rows of items and ratings by training user; each item at most once per user, and users may have none.
    pub users: &'a [Vec<(u32, f32)>],
    /// Size of the catalogue; all rows of items are below it.
    pub items: usize,
    /// Values of each item's fields, as rows; 0 for unknown values.
    pub item_fields: &'a [Rows],
    /// Values of each training user's fields, as tasks have them.
    pub user_fields: &'a [User],
}

/// A method that predicts ratings.
pub trait RatingBaseline: Sync {
    /// Return the method's name, as tables show it.
    fn name(&self) -> &'static str;

    /// Predict the ratings of the `query` items by `user` with `support` ratings. Predictions may lie off the scale.
    fn predict(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32>;
}

/// A method that recommends items.
pub trait PickBaseline: Sync {
    /// Return the method's name, as tables show it.
    fn name(&self) -> &'static str;

    /// Score every item of the catalogue for a user who picked the `support` items; higher is better. The scores of the
    /// support items have no meaning, as picked items are not recommended.
    fn scores(&self, support: &[u32]) -> Vec<f32>;
}
