//! Baselines: methods without meta-learning, for ratings and for picks.
//!
//! Each is fitted to the training users' ratings or picks, and then predicts for a new user from a support set, as a
//! model does. Users and items are known by their rows alone.

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
pub(crate) use inverse::invert;
pub use picks::{Picks, only_items};
