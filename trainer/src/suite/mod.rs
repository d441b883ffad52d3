//! Measures one preset on many data sets, with several seeds, beside baselines.

mod case;
mod markdown;
mod measured;
mod trained;

pub use case::Case;
pub use markdown::markdown;
pub use measured::{MeasuredCase, measure_case};
pub use trained::trained;
