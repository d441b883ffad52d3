//! Metrics of predictions and recommendations, per task.

mod dcg;
mod pairs;
mod picks;
mod ratings;

pub use pairs::pairs;
pub use picks::PickMetrics;
pub use ratings::{Metrics, gains, ndcg};
