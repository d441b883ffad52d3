//! All baselines, simplest first.

use super::baseline::{PickBaseline, RatingBaseline, Ratings};
use super::biases::{BiasTerms, Biases};
use super::by_count::ByCount;
use super::ease::Ease;
use super::implicit_als::ImplicitAls;
use super::item_knn::{ItemKnn, KnnPickSettings};
use super::item_knn_ratings::{ItemKnnRatings, KnnSettings};
use super::item_means::{ItemMeans, MeanAndOffset};
use super::matrix_factorisation::MatrixFactorisation;
use super::picks::Picks;
use super::popularity::Popularity;
use super::settings::PickSettings;
use fewclicks_model::network::task::{Rows, User};

/// Name of the baseline that depends on the fields of users.
pub const GROUP_MEAN: &str = "shrunken item mean + group mean";

/// Fit all methods for ratings, simplest first. [`GROUP_MEAN`] is left out where users have no fields, what needs item
/// fields where items have none.
pub fn rating_baselines(ratings: Ratings, knn: KnnSettings) -> Vec<Box<dyn RatingBaseline>> {
    let (flat, fitted) = (Biases::flat(ratings), Biases::fit(ratings));
    let terms = |name, biases: &Biases, user_offset| BiasTerms { name, biases: biases.clone(), user_offset };
    let offset = |name, means: &ItemMeans| MeanAndOffset { name, means: means.clone() };
    let means = ItemMeans::fit(ratings, &[], &[]);
    let aware = ItemMeans::fit(ratings, ratings.item_fields, &[]);
    let mut all: Vec<Box<dyn RatingBaseline>> = vec![
        Box::new(terms("global mean", &flat, false)),
        Box::new(terms("global mean + user offset", &flat, true)),
        Box::new(terms("item bias", &fitted, false)),
        Box::new(terms("item bias + user offset", &fitted, true)),
        Box::new(offset("shrunken item mean + user offset", &means)),
    ];
    let user_fields = by_field(ratings.user_fields);
    if !user_fields.is_empty() {
        all.push(Box::new(offset(GROUP_MEAN, &ItemMeans::fit(ratings, &[], &user_fields))));
    }
    if !ratings.item_fields.is_empty() {
        all.push(Box::new(offset("feature-aware bias", &aware)));
    }
    all.push(Box::new(ItemKnnRatings::fit(ratings, &aware, knn)));
    all.push(Box::new(MatrixFactorisation::fit(ratings, fitted)));
    all
}

/// Return the rows of all users field by field.
fn by_field(users: &[User]) -> Vec<Rows> {
    let fields = users.first().map_or(0, Vec::len);
    (0..fields).map(|field| users.iter().map(|user| user[field].as_slice()).collect()).collect()
}

/// Fit all methods for picks, simplest first. EASE is left out for catalogues of more than 5,000 items.
pub fn pick_baselines(picks: Picks, settings: &PickSettings) -> Vec<Box<dyn PickBaseline>> {
    let knn = ItemKnn::fit("ItemKNN", picks, KnnPickSettings::COSINE);
    let popular = knn.with("ItemKNN × popularity^0.2", KnnPickSettings::POPULAR);
    let chosen = match settings.knn.is_empty() {
        true => None,
        false => Some(ByCount::fit("ItemKNN, shrunken", &settings.knn, |chosen| Box::new(knn.with("", chosen)))),
    };
    let mut all: Vec<Box<dyn PickBaseline>> = vec![Box::new(Popularity::fit(picks)), Box::new(knn), Box::new(popular)];
    if let Some(chosen) = chosen {
        all.push(Box::new(chosen));
    }
    let als = |chosen| -> Box<dyn PickBaseline> { Box::new(ImplicitAls::fit(picks, chosen)) };
    all.push(Box::new(ByCount::fit("implicit ALS", &settings.als, als)));
    if picks.items <= Ease::MAX_ITEMS {
        let ease = |chosen| -> Box<dyn PickBaseline> { Box::new(Ease::fit(picks, chosen)) };
        all.push(Box::new(ByCount::fit("EASE", &settings.ease, ease)));
    }
    all
}
