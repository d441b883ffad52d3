//! The interface of baselines: what they learn from, and what they predict for a new user.

/// Ratings to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Ratings<'a> {
    /// Rows of items and ratings by training user; each item at most once per user, and users may have none.
    pub users: &'a [Vec<(u32, f32)>],
    /// Size of the catalogue; all rows of items are below it.
    pub items: usize,
}

/// A method that predicts ratings.
pub trait RatingBaseline: Sync {
    /// Return the method's name, as tables show it.
    fn name(&self) -> &'static str;

    /// Predict the ratings of the `query` items by a user with `support` ratings. Predictions may lie off the scale.
    fn predict(&self, support: &[(u32, f32)], query: &[u32]) -> Vec<f32>;
}

/// A method that recommends items.
pub trait PickBaseline: Sync {
    /// Return the method's name, as tables show it.
    fn name(&self) -> &'static str;

    /// Score every item of the catalogue for a user who picked the `support` items; higher is better. The scores of the
    /// support items have no meaning, as picked items are not recommended.
    fn scores(&self, support: &[u32]) -> Vec<f32>;
}
