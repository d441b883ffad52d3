//! A finished run over today's catalogue.

use super::new_items;
use super::store::{read_chosen, read_over};
use crate::data::Dataset;
use crate::placing::{Changes, place};
use crate::train::{Loaded, Run, RunConfig};
use fewclicks_model::halves::Halves;

/// The maximum number of users by whom it is chosen how much new items gain, where training had none.
const MAX_USERS: usize = 500;

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
    let users: Vec<usize> =
        (0..encoded.ratings.len()).filter(|&user| !encoded.ratings[user].is_empty()).take(MAX_USERS).collect();
    let distance = read_chosen(run)?
        .new_items
        .or_else(|| new_items::choose(&halves, &changes.is_new, &encoded, &users, run.config.seed));
    if let Some(distance) = distance {
        new_items::raise(&mut halves, &changes.is_new, distance);
    }
    Ok((Loaded { data, population, encoded, feedback }, halves, changes))
}
