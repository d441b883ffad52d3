//! All baselines, simplest first.

use super::baseline::{PickBaseline, RatingBaseline, Ratings};
use super::biases::{BiasTerms, Biases};
use super::ease::Ease;
use super::implicit_als::ImplicitAls;
use super::item_knn::ItemKnn;
use super::matrix_factorisation::MatrixFactorisation;
use super::picks::Picks;
use super::popularity::Popularity;

/// Fit all methods for ratings, simplest first.
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

/// Fit all methods for picks, simplest first. EASE is left out for catalogues of more than 5,000 items.
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
