//! What a baseline learns from, and what it does for a new user.

/// Ratings to learn from.
#[derive(Clone, Copy, Debug)]
pub struct Ratings<'a> {
    /// Per training user item rows and ratings, each item at most once; users without any do no harm.
    pub users: &'a [Vec<(u32, f32)>],
    /// Size of the catalogue; all item rows are below.
    pub items: usize,
}

/// Predicts ratings without a model.
pub trait RatingBaseline: Sync {
    /// What tables call it.
    fn name(&self) -> &'static str;

    /// The ratings of the `query` items by whoever gave the `support` ratings; they may lie off the scale.
    fn predict(&self, support: &[(u32, f32)], query: &[u32]) -> Vec<f32>;
}

/// Recommends without a model.
pub trait PickBaseline: Sync {
    /// What tables call it.
    fn name(&self) -> &'static str;

    /// A score per catalogue item for whoever picked the `support` items, higher is better. The support items' own
    /// scores mean nothing: what is picked already is not recommended.
    fn scores(&self, support: &[u32]) -> Vec<f32>;
}
