//! The training loop, from the start or from a checkpoint.

use crate::encode::Encoded;
use crate::preset::{NetworkPreset, Preset};
use crate::progress::{Progress, left};
use crate::ranks;
use crate::train::epoch_metrics::{EpochMetrics, Exchanged};
use crate::train::halves;
use crate::train::learner::Learner;
use crate::train::loaded::Loaded;
use crate::train::run::Run;
use anyhow::{bail, ensure};
use std::time::Instant;

/// Train until the preset's last epoch, save a checkpoint after each, and note that the run is finished.
///
/// # Errors
/// Return an error if a file cannot be written, no user has enough ratings, or the loss is not finite.
pub fn train(run: &Run, loaded: &Loaded) -> anyhow::Result<()> {
    if let Some(former) = &run.config.former {
        former.check()?;
    }
    run.until_finished(loaded, || match &run.config.preset {
        Preset::Halves(preset) => halves::train(run, loaded, preset),
        Preset::Network(preset) => train_network(run, loaded, preset),
    })
}

fn train_network(run: &Run, loaded: &Loaded, preset: &NetworkPreset) -> anyhow::Result<()> {
    let state = ranks::from_first(|| run.state(&loaded.encoded, preset))?;
    let mut learner = Learner { encoded: &loaded.encoded, preset, seed: run.config.seed, state };
    let epochs = preset.train.epochs;
    if learner.users(0).is_empty() {
        bail!(no_users(preset, &loaded.encoded));
    }
    while learner.state.epoch < epochs {
        let start = Instant::now();
        Exchanged::start();
        let mut progress = Progress::new(&format!("epoch {:>2}/{epochs}", learner.state.epoch + 1));
        let mut steps = 0;
        let query_loss = learner.epoch(|batch, batches| {
            steps = batches;
            progress.show(batch, batches);
        });
        ensure!(
            query_loss.is_finite(),
            "the loss is not finite: lower train.learning_rate or local.rate in the preset"
        );
        let seconds = start.elapsed().as_secs_f64();
        let exchanged = Exchanged::take(steps, seconds);
        let left = left(seconds, epochs - learner.state.epoch);
        progress.finish(&format!("query loss {query_loss:.4}  {seconds:.1} s{left}"));
        let metrics = EpochMetrics { epoch: learner.state.epoch, query_loss, seconds, held_out_ndcg: None, exchanged };
        ranks::first(|| run.save(&learner.state, metrics))?;
    }
    if preset.model.median {
        run.fit_readout(&loaded.encoded, &learner.model(preset.local.update))?;
    }
    Ok(())
}

fn no_users(preset: &NetworkPreset, encoded: &Encoded) -> String {
    let mut counts: Vec<usize> = encoded.ratings.iter().map(Vec::len).filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let has = match counts.as_slice() {
        [] => "no user has a rating to learn from: does the split leave any user warm and any item known?".to_owned(),
        [least, .., most] => format!("the {} users to learn from have {least} to {most}", counts.len()),
        [one] => format!("the one user to learn from has {one}"),
    };
    let (min, max) = (preset.tasks.min_ratings, preset.tasks.max_ratings);
    format!(
        "no user to train on: the preset asks for users with {min} to {max} ratings (tasks.min_ratings and \
             tasks.max_ratings), and {has}"
    )
}
