//! A generated site's folder of any size, to measure the cost of much data.
//!
//! It is as skewed as real data: some items are rated by half of the users and most by few ([`catalogue`]); some users
//! rate thousands of items and most some dozens ([`activity`]). Users rate what suits them ([`person`]), so that there
//! is something to learn: a rating is the sum of a user's and an item's level, of how well the user's tastes and the
//! item's traits agree, and of noise. Tastes lean with the user's fields, traits with the item's genres.
//!
//! As in [`super::films`], only sums, products, quotients and square roots of a portable generator's numbers are used:
//! a seed gives the same files on every platform, on any number of threads.

mod activity;
mod catalogue;
mod person;
mod shape;
#[cfg(test)]
mod tests;
mod write;

pub use shape::Shape;
pub use write::{Files, write};
