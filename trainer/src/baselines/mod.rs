//! What anyone would try first: methods without meta-learning, for ratings and for picks.
//!
//! Each learns from the training users' plain lists and then meets a new user with a support set, as a model does. None
//! knows users or items by more than their rows.

mod all;
mod baseline;
mod biases;
mod ease;
mod implicit_als;
mod inverse;
mod item_knn;
mod least_squares;
mod matrix_factorisation;
mod picks;
mod popularity;

pub use all::{pick_baselines, rating_baselines};
pub use baseline::{PickBaseline, RatingBaseline, Ratings};
pub use picks::{Picks, only_items};
