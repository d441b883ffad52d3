//! Evidence candidates by several strategies: which items to ask a new user about.

mod entropy;
mod greedy;
mod line;
mod norms;
mod rank;
mod strategy;

pub use line::{Line, describe};
pub use rank::{rank, shipped};
pub use strategy::Strategy;
