//! Evidence candidates by several strategies: which items to ask a new user about.

mod entropy;
mod greedy;
mod halves;
mod named;
mod norms;
mod rank;
mod strategy;

pub use named::{NamedCandidate, name_candidates};
pub use rank::{rank, shipped};
pub use strategy::Strategy;
