//! What anyone would try first: methods without meta-learning, for ratings and for picks.
//!
//! Each learns from the training users' plain lists and then meets a new user with a support set, as a model does. None
//! knows users or items by more than their rows.

mod biases;
mod ease;
mod implicit_als;
mod inverse;
mod item_knn;
mod least_squares;
mod matrix_factorisation;
mod picks;
mod popularity;

pub use biases::{BiasTerms, Biases};
pub use ease::Ease;
pub use implicit_als::ImplicitAls;
pub use item_knn::ItemKnn;
pub use matrix_factorisation::MatrixFactorisation;
pub use picks::Picks;
pub use popularity::Popularity;

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

/// Picks as the methods for them read them: items alone.
pub fn only_items(picks: &[(u32, f32)]) -> Vec<u32> {
    picks.iter().map(|&(item, _)| item).collect()
}

/// All methods for ratings, learned; simplest first.
pub fn rating_baselines(ratings: Ratings) -> Vec<Box<dyn RatingBaseline>> {
    let (flat, fitted) = (Biases::flat(ratings), Biases::fit(ratings));
    let terms = |name, biases: &Biases, user_offset| BiasTerms { name, biases: biases.clone(), user_offset };
    vec![
        Box::new(terms("global mean", &flat, false)),
        Box::new(terms("global mean + user offset", &flat, true)),
        Box::new(terms("item bias", &fitted, false)),
        Box::new(terms("item bias + user offset", &fitted, true)),
        Box::new(MatrixFactorisation::fit(ratings, fitted)),
    ]
}

/// All methods for picks, learned; simplest first. [`Ease`] is left out for catalogues of more than
/// [`Ease::MAX_ITEMS`].
pub fn pick_baselines(picks: Picks) -> Vec<Box<dyn PickBaseline>> {
    let mut all: Vec<Box<dyn PickBaseline>> = vec![
        Box::new(Popularity::fit(picks)),
        Box::new(ItemKnn::cosine(picks)),
        Box::new(ItemKnn::cosine_and_popularity(picks)),
        Box::new(ImplicitAls::fit(picks)),
    ];
    if picks.items <= Ease::MAX_ITEMS {
        all.push(Box::new(Ease::fit(picks)));
    }
    all
}
