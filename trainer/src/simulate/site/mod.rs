//! A site's folder of any size, all invented, to measure what much data costs.
//!
//! It is as skewed as what people do: some items are rated by half of the users and most by few ([`catalogue`]), some
//! users rate thousands of items and most some dozens ([`activity`]). Users rate what suits them ([`person`]), so that
//! there is something to learn: a rating is the sum of a user's and an item's own level, of how well a few numbers of
//! taste agree, and of a mood. Tastes lean with the user's fields, items with their genres.
//!
//! As in [`super::films`] everything is sums, products, quotients and square roots of a portable generator's numbers:
//! a seed gives the same files everywhere, on any number of threads.

mod activity;
mod catalogue;
mod person;
mod shape;
#[cfg(test)]
mod tests;
mod write;

pub use shape::Shape;
pub use write::write;
