//! A site's ratings or picks: the types of a data set, and readers for each format.

mod dataset;
mod error;
mod feedback;
mod fingerprint;
mod ids;
mod json;
pub mod movielens;
mod ratings;
pub mod site;
mod source;
mod split;
pub mod tasks_file;
#[cfg(test)]
mod tests;

pub use dataset::{Column, ColumnKind, Dataset, Rating, Scale, Table};
pub use error::DataError;
pub use fewclicks_model::adapt::Feedback;
pub use split::Split;
