//! The training loop, from the start or from a checkpoint.

use super::chosen::{Chosen, choose};
use super::former::Former;
use super::inputs::Inputs;
use super::new_items;
use super::store::{read_chosen, read_state, stored, write_chosen, write_model};
use crate::bundle;
use crate::choice::ChoiceLearner;
use crate::incidence::asking;
use crate::placing::{ChoiceOfNew, Placing};
use crate::preset::HalvesPreset;
use crate::progress::{Progress, left};
use crate::ranks;
use crate::stars::{self, Holdout, StarsFitted, StarsOfNew, Tuning};
use crate::train::{EpochMetrics, Exchanged, Loaded, Run};
use anyhow::ensure;
use fewclicks_model::halves::{Halves, Stars};
use fewclicks_model::model::readout::Readout;
use fewclicks_model::network::loss::Loss;
use std::time::Instant;

/// Train until the last epoch, save a checkpoint after each, and write the finished model.
///
/// # Errors
/// Return an error if a file cannot be read or written, there is nobody to learn from, or the loss is not finite.
pub fn train(run: &Run, loaded: &Loaded, preset: &HalvesPreset) -> anyhow::Result<()> {
    let (seed, encoded) = (run.config.seed, &loaded.encoded);
    let inputs = Inputs::new(loaded);
    let answers = inputs.answers();
    check_learnable(&inputs)?;
    let former = run.config.former.as_ref().map(|former| Former::read(former, loaded)).transpose()?;
    let learner = match &former {
        None => ChoiceLearner::new(inputs.choice(&answers), &preset.choice, seed),
        Some(former) => {
            ranks::first(|| write_chosen(run, &former.chosen))?;
            former.learner(inputs.choice(&answers), &preset.choice, seed)
        }
    };
    let chosen_after = learner.chosen_after();
    let state = ranks::from_first(|| read_state(run, learner.state.clone(), chosen_after))?;
    let mut learner = learner.resume(state);
    let held_out: Vec<usize> = learner.held_out().collect();
    let is_new = new_items::without_answers(loaded);
    let stars = fit_stars(&inputs, preset, former.as_ref(), &held_out, seed);

    while learner.state.epoch < learner.epochs() {
        let start = Instant::now();
        Exchanged::start();
        let mut progress = Progress::new(&format!("epoch {:>2}/{}", learner.state.epoch + 1, learner.epochs()));
        let query_loss = learner.epoch(|step, steps| progress.show(step, steps));
        ensure!(query_loss.is_finite(), "the loss is not finite: lower choice.learning_rate in the preset");
        let held_out_ndcg = learner.held_out_ndcg();
        let seconds = start.elapsed().as_secs_f64();
        let ndcg = held_out_ndcg.map_or_else(String::new, |ndcg| format!("  held-out nDCG@10 {ndcg:.4}"));
        let left = left(seconds, learner.epochs() - learner.state.epoch);
        progress.finish(&format!("query loss {query_loss:.4}{ndcg}  {seconds:.1} s{left}"));
        let exchanged = Exchanged::take(learner.steps(), seconds);
        let metrics = EpochMetrics { epoch: learner.state.epoch, query_loss, seconds, held_out_ndcg, exchanged };
        if learner.state.epoch == chosen_after {
            let first = stars.as_ref().and_then(|stars| stars.first.clone());
            let mut halves = Halves {
                scale: encoded.scale,
                choice: learner.choice(),
                stars: first,
                stars_weight: 0.0,
                asking: None,
            };
            let chosen = choose(&halves, encoded, &held_out, seed);
            halves.stars_weight = chosen.stars_weight;
            let new_items = new_items::choose(&halves, &is_new, encoded, &held_out, seed);
            let neighbour_weight = learner.state.neighbour_weight;
            let tuning = stars.as_ref().map(|stars| stars.tuning);
            let chosen = Chosen { neighbour_weight, tuning, new_items, ..chosen };
            ranks::first(|| write_chosen(run, &chosen))?;
        }
        ranks::first(|| run.save(&stored(&learner.state), metrics))?;
    }
    let (stars, stars_of_new) = stars.map(|stars| (stars.last.stars, stars.last.of_new)).unzip();
    let asking = Some(asking(&answers, &encoded.shard, encoded.popularity.len(), seed));
    let mut halves = Halves { scale: encoded.scale, choice: learner.choice(), stars, stars_weight: 0.0, asking };
    let mut distance = None;
    if let Some(Former { chosen, .. }) = &former {
        halves.stars_weight = chosen.stars_weight;
        distance = new_items::distance(chosen.new_items, &halves, &is_new, encoded, seed);
    }
    let learned = bundle::learned(loaded, &run.config.preset);
    ranks::first(|| finish(run, loaded, (halves, learned), (learner.of_new(), stars_of_new), &is_new, distance))?;
    Ok(())
}

/// Complete the model with what was chosen, and write it with the counts of what it learned from. New items are raised by
/// `distance`, or else by what training chose.
fn finish(
    run: &Run,
    loaded: &Loaded,
    (halves, learned): (Halves, Vec<(String, f64)>),
    (choice_of_new, stars_of_new): (ChoiceOfNew, Option<StarsOfNew>),
    is_new: &[bool],
    distance: Option<f32>,
) -> anyhow::Result<()> {
    let encoded = &loaded.encoded;
    let chosen = read_chosen(run)?;
    let placing = Placing::new(&encoded.item_vocabularies, choice_of_new, stars_of_new);
    let readout = in_stars(chosen.readout.as_ref(), loaded);
    let stars = halves.stars.map(|stars| Stars { readout, ..stars });
    let mut halves = Halves { stars, stars_weight: chosen.stars_weight, ..halves };
    if let Some(distance) = distance.or(chosen.new_items) {
        new_items::raise(&mut halves, is_new, distance);
    }
    write_model(run, loaded, halves, learned, &placing)
}

/// The stars half of a training or of an update.
struct FittedStars {
    /// The half of all users.
    last: StarsFitted,
    /// The half that the held-out users were left out of; `None` in an update, which chooses nothing.
    first: Option<Stars>,
    tuning: Tuning,
}

/// Fit the stars half, from the start or from where a former run's ended; `None` for a site with picks only.
fn fit_stars(
    inputs: &Inputs,
    preset: &HalvesPreset,
    former: Option<&Former>,
    held_out: &[usize],
    seed: u64,
) -> Option<FittedStars> {
    let data = inputs.stars()?;
    let mut progress = Progress::new("stars");
    if let Some(start) = former.and_then(|former| former.stars.as_ref()) {
        let last = stars::update(data, inputs.item_tables(), &preset.stars, start, seed);
        progress.finish(&format!("updated; {}", start.tuning.words()));
        return Some(FittedStars { last, first: None, tuning: start.tuning });
    }
    let holdout = Holdout { users: held_out.to_vec() };
    let rounds = preset.stars.rounds;
    let learned = stars::learn(data, inputs.item_tables(), &preset.stars, &holdout, seed, &mut |round, _| {
        progress.show(round, rounds);
    });
    progress.finish(&learned.tuning.words());
    Some(FittedStars { last: learned.last, first: Some(learned.first), tuning: learned.tuning })
}

/// Return a read-out of ratings as one of stars.
fn in_stars(readout: Option<&Readout>, loaded: &Loaded) -> Option<Readout> {
    let stars = |rating: f32| loaded.encoded.scale.label(rating, Loss::SquaredError);
    let mut knots: Vec<[f32; 2]> = Vec::new();
    for knot in readout?.knots.iter().map(|knot| knot.map(stars)) {
        // Ratings of a wide scale may be the same stars.
        if knots.last().is_none_or(|last| last[0] < knot[0] && last[1] < knot[1]) {
            knots.push(knot);
        }
    }
    Some(Readout { knots }).filter(Readout::is_valid)
}

/// Check that there is somebody to learn from.
///
/// # Errors
/// Return an error if no user has a like and a further answer.
pub fn check_learnable(inputs: &Inputs) -> anyhow::Result<()> {
    ensure!(
        inputs.usable().contains(&true),
        "no user to learn from: expected at least one with two answers, of which one is a like (4 stars of 5, or a pick)"
    );
    Ok(())
}
