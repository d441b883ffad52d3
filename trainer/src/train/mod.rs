//! Meta-learning: the global update over batches of tasks, the training loop, and the folders of runs.

pub mod adam;
mod batch_gradient;
mod checkpoint;
mod config;
pub mod descent;
mod epoch_metrics;
mod epochs;
mod finished;
mod finished_run;
mod former_run;
mod halves;
mod learnable;
mod learned;
pub mod learner;
mod loaded;
mod lock;
mod picks;
pub mod readout;
mod run;
pub mod state;
mod task_gradient;
pub mod tasks;
mod trained;

pub use config::{ItemChoice, RunConfig};
pub use epoch_metrics::{EpochMetrics, Exchanged};
pub use epochs::train;
pub use learnable::check_learnable;
pub use learned::{Learned, LeftOut};
pub use loaded::Loaded;
pub use run::Run;
pub use trained::Trained;
