//! A finished run over today's catalogue.

use super::new_items;
use super::store::{read_chosen, read_over};
use crate::data::Dataset;
use crate::placing::{Changes, place};
use crate::train::{Loaded, Run, RunConfig};
use fewclicks_model::halves::Halves;

/// Return the model of `run` over the catalogue of `data`, whose name or folder is `source`, with what is different in it. No
/// training is done: items that the run has not seen are placed by their fields.
///
/// # Errors
/// Return an error if the run's files cannot be read, or the data does not fit its preset or has none of its items.
pub fn over(run: &Run, data: Dataset, source: String) -> anyhow::Result<(Loaded, Halves, Changes)> {
    let (halves, known, user_vocabularies, placing) = read_over(run)?;
    let config = RunConfig { data: source, split: None, ..run.config.clone() };
    let Loaded { data, population, encoded, feedback } = config.encode(data)?;
    let encoded = encoded.with_users(&data.users, &user_vocabularies);
    let (mut halves, changes) = place(&halves, &placing, &known, &data.items)?;
    let chosen = read_chosen(run)?.new_items;
    if let Some(distance) = new_items::distance(chosen, &halves, &changes.is_new, &encoded, run.config.seed) {
        new_items::raise(&mut halves, &changes.is_new, distance);
    }
    Ok((Loaded { data, population, encoded, feedback }, halves, changes))
}
