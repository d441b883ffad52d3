//! A site's ratings or picks: the types of a data set, and readers for each format.

pub(crate) mod bins;
mod dataset;
mod days;
mod error;
mod feedback;
mod findings;
mod fingerprint;
mod ids;
mod json;
mod locations;
pub mod movielens;
mod policy;
mod ratings;
mod repeats;
pub mod site;
mod sorted;
mod source;
mod split;
mod table;
pub mod tasks_file;
#[cfg(test)]
mod tests;
mod time;
mod words;

pub(crate) use bins::range_like;
pub use dataset::{Column, ColumnKind, Dataset, Rating, Scale, Table};
pub(crate) use days::day;
pub use error::{DataError, Guess};
pub use fewclicks_model::adapt::Feedback;
pub use findings::{Change, Findings, MAX_SHOWN, Problem};
pub use split::Split;
pub(crate) use time::parse as parse_time;
pub(crate) use words::MIN_ROWS;
