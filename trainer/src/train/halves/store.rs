//! The files of a run of the default model: the state of the choice half, what was chosen, and the finished model.

use super::chosen::Chosen;
use crate::bundle;
use crate::choice::ChoiceState;
use crate::files::write_atomically;
use crate::placing::{self, Placing};
use crate::sealed::{seal, unseal};
use crate::train::state::State;
use crate::train::{Loaded, Run};
use anyhow::{Context, bail};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item, Precision};
use fewclicks_model::halves::Halves;
use fewclicks_model::model::vocabulary::Vocabulary;
use fewclicks_model::recommender::Recommender;

/// File with what was chosen on held-out users.
const CHOSEN: &str = "chosen.json";

/// What else than a checkpoint a finished run has.
pub const FILES: [&str; 3] = [CHOSEN, MODEL, PLACING];

/// File with how items that the run has not seen are placed.
const PLACING: &str = "placing.safetensors";

/// Folder of the finished model, a bundle without evidence candidates.
const MODEL: &str = "model";

/// Return the state of the last checkpoint, or `start`; `chosen_after` is the number of epochs after which something was
/// chosen.
///
/// # Errors
/// Return an error if a file does not fit.
pub fn read_state(run: &Run, start: ChoiceState, chosen_after: usize) -> anyhow::Result<ChoiceState> {
    if !run.has_checkpoint() {
        return Ok(start);
    }
    let ChoiceState { epoch, theta, adam, .. } = start;
    let State { epoch, theta, adam, .. } = run.read_checkpoint(&State { epoch, theta, adam, rates: Vec::new() })?;
    let neighbour_weight = if epoch >= chosen_after { read_chosen(run)?.neighbour_weight } else { 0.0 };
    Ok(ChoiceState { epoch, theta, adam, neighbour_weight })
}

/// Return a state as checkpoints store it.
pub fn stored(state: &ChoiceState) -> State {
    State { epoch: state.epoch, theta: state.theta.clone(), rates: Vec::new(), adam: state.adam.clone() }
}

/// Write what was chosen.
///
/// # Errors
/// Return an error if the file cannot be written.
pub fn write_chosen(run: &Run, chosen: &Chosen) -> anyhow::Result<()> {
    write_atomically(&run.folder.join(CHOSEN), seal(chosen)?.as_bytes())
}

/// Read what was chosen.
///
/// # Errors
/// Return an error if the file is not what [`write_chosen`] wrote.
pub fn read_chosen(run: &Run) -> anyhow::Result<Chosen> {
    let path = run.folder.join(CHOSEN);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    unseal(&text).with_context(|| path.display().to_string())
}

/// Write the finished model, with the counts of what it learned from, and how new items are placed.
///
/// # Errors
/// Return an error if a file cannot be written.
pub fn write_model(
    run: &Run,
    loaded: &Loaded,
    halves: Halves,
    learned: Vec<(String, f64)>,
    placing: &Placing,
) -> anyhow::Result<()> {
    placing::write(placing, &run.folder.join(PLACING))?;
    let items: Vec<Item> = loaded.data.items.ids.iter().map(|id| Item { id: id.clone(), ..Item::default() }).collect();
    let bundle = Bundle {
        about: About { preset: run.config.preset.name().into(), metrics: learned, ..About::default() },
        model: halves.into(),
        user_vocabularies: loaded.encoded.user_vocabularies.clone(),
        catalogue: Catalogue::new(&items, Vec::new())?,
    };
    bundle::write(&bundle, &items, Precision::F32, &run.folder.join(MODEL), 0)?;
    Ok(())
}

/// Read what [`super::over`] needs: the model, the ids of its items, the vocabularies of its user fields, and how new items are
/// placed.
///
/// # Errors
/// Return an error if a file cannot be read.
pub fn read_over(run: &Run) -> anyhow::Result<(Halves, Vec<String>, Vec<Vocabulary>, Placing)> {
    let folder = run.folder.join(MODEL);
    let Bundle { model, user_vocabularies, catalogue, .. } = bundle::read(&folder)?;
    let Recommender::Halves(halves) = model else {
        bail!("{} is not the model of a run of the preset default: train anew in another folder", folder.display());
    };
    let known = (0..catalogue.len()).map(|position| catalogue.id(position).to_owned()).collect();
    Ok((halves, known, user_vocabularies, placing::read(&run.folder.join(PLACING))?))
}

/// Read what a run learned from and what it left out, as counts by name.
///
/// # Errors
/// Return an error if the finished model cannot be read.
pub fn read_learned(run: &Run) -> anyhow::Result<Vec<(String, f64)>> {
    Ok(bundle::read(&run.folder.join(MODEL))?.about.metrics)
}

/// Read the finished model of a run.
///
/// # Errors
/// Return an error if it cannot be read, or does not fit the data.
pub fn read_model(run: &Run, loaded: &Loaded) -> anyhow::Result<Halves> {
    let folder = run.folder.join(MODEL);
    match bundle::read(&folder)?.model {
        Recommender::Halves(halves) if halves.len() == loaded.data.items.ids.len() => Ok(halves),
        _ => bail!("{} is not the model of this run: train anew in another folder", folder.display()),
    }
}
