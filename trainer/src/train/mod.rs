//! Meta-learning of a model: the global update, the runs it is a part of, and their folders.

pub mod adam;
mod batch_gradient;
mod checkpoint;
mod config;
pub mod descent;
mod epochs;
pub mod learner;
mod loaded;
mod picks;
pub mod readout;
mod run;
pub mod tasks;

pub use config::{ItemChoice, RunConfig};
pub use epochs::train;
pub use loaded::Loaded;
pub use run::{EpochMetrics, Run};
