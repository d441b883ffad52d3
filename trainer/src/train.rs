//! Training from start, or checkpoint, to finish.

use crate::learner::Learner;
use crate::progress::Progress;
use crate::run::{EpochMetrics, Loaded, Run};
use std::time::Instant;

/// Trains until the preset's last epoch, keeping a checkpoint after each.
///
/// # Errors
/// Where a file cannot be written, the users are too few, or the loss is no number any more.
pub fn train(run: &Run, loaded: &Loaded) -> anyhow::Result<()> {
    let preset = &run.config.preset;
    let state = run.state(&loaded.encoded)?;
    let mut metrics = run.metrics(&state)?;
    let mut learner = Learner { encoded: &loaded.encoded, preset, seed: run.config.seed, state };
    let epochs = preset.train.epochs;
    while learner.state.epoch < epochs {
        let start = Instant::now();
        let mut progress = Progress::new(&format!("epoch {:>2}/{epochs}", learner.state.epoch + 1));
        let query_loss = learner.epoch(|batch, batches| progress.show(batch, batches))?;
        anyhow::ensure!(
            query_loss.is_finite(),
            "the loss is no number any more: lower train.learning_rate or local.rate in the preset"
        );
        let seconds = start.elapsed().as_secs_f64();
        progress.finish(&format!("query loss {query_loss:.4}  {seconds:.1} s"));
        metrics.push(EpochMetrics { epoch: learner.state.epoch, query_loss, seconds });
        run.keep(&learner.state, &metrics)?;
    }
    Ok(())
}
