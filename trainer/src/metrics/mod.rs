//! Metrics of predictions and recommendations, per task.

mod dcg;
mod lists;
mod pairs;
mod picks;
mod ratings;

pub use lists::Opinions;
pub use pairs::pairs;
pub use picks::PickMetrics;
pub use ratings::{Metrics, gains, ndcg};
