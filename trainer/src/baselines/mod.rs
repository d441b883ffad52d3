//! Baselines: methods without meta-learning, for ratings and for picks.
//!
//! Each is fitted to the training users' ratings or picks, and then predicts for a new user from a support set, as a
//! model does. Users and items are known by their rows alone.

mod all;
mod baseline;
mod biases;
mod by_count;
mod ease;
mod fields;
mod implicit_als;
mod inverse;
mod item_knn;
mod item_knn_ratings;
mod item_means;
mod least_squares;
mod matrix_factorisation;
mod normal_prior;
mod picks;
mod popularity;
mod settings;
mod tuning;

pub use all::{GROUP_MEAN, pick_baselines, rating_baselines};
pub use baseline::{PickBaseline, RatingBaseline, Ratings};
pub use fields::item_fields;
pub(crate) use inverse::invert;
pub use item_knn_ratings::KnnSettings;
pub use picks::{Picks, only_items};
pub use settings::PickSettings;
pub use tuning::{tuning_users, without_users};
