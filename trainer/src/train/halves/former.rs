//! The run that an update goes on from.

use super::chosen::Chosen;
use super::store::{read_chosen, read_over};
use crate::choice::{ChoiceConfig, ChoiceData, ChoiceLearner, ChoiceStart, FormerField, Layout};
use crate::data::{Feedback, range_like};
use crate::preset::Preset;
use crate::stars::StarsStart;
use crate::train::adam::Adam;
use crate::train::former_run::FormerRun;
use crate::train::state::State;
use crate::train::{Loaded, Run};
use anyhow::{Context, bail, ensure};
use fewclicks_model::halves::Halves;
use fewclicks_model::model::vocabulary::{UNKNOWN, Vocabulary};
use std::collections::HashMap;
use std::path::Path;

/// What an update starts from, in the rows of its own data.
pub struct Former {
    /// Where the stars half starts; `None` for a site with picks only.
    pub stars: Option<StarsStart>,
    /// What held-out users decided.
    pub chosen: Chosen,
    choice: ChoiceStart,
    /// The seed is another one after each update, so that each draws other tasks.
    updates: u64,
    epochs: usize,
}

impl Former {
    /// Read the former run of an update on `loaded`.
    ///
    /// # Errors
    /// Return an error if its files cannot be read, its preset is a network's, it has learned from ratings where there are picks or on
    /// another scale, or it has none of the items.
    pub fn read(former: &FormerRun, loaded: &Loaded) -> anyhow::Result<Self> {
        let folder = &former.folder;
        let run = Run::open(folder)?;
        let Preset::Halves(preset) = &run.config.preset else {
            bail!("{} is no run of the preset default", folder.display())
        };
        let (halves, known, user_vocabularies, placing) = read_over(&run)?;
        let item_vocabularies: Vec<Vocabulary> = placing.fields.into_iter().map(|field| field.vocabulary).collect();
        let tables = |list: &[Vocabulary]| -> Vec<usize> { list.iter().map(Vocabulary::table_rows).collect() };
        let (item_tables, user_tables) = (tables(&item_vocabularies), tables(&user_vocabularies));
        let layout = Layout::new(preset.choice.width, known.len(), &item_tables, &user_tables);
        let like = State { epoch: 0, theta: vec![0.0; layout.len], rates: Vec::new(), adam: Adam::new(layout.len) };
        let State { theta, .. } = run.read_checkpoint(&like)?;
        let chosen = read_chosen(&run)?;
        check_ratings(&halves, loaded, folder)?;
        let items = positions(&known, loaded, folder)?;
        let stars = stars(halves, &chosen, &items, folder)?;
        let choice = ChoiceStart {
            layout,
            theta,
            items,
            item_fields: rows_in(&item_vocabularies, &loaded.encoded.item_vocabularies),
            user_fields: rows_in(&user_vocabularies, &loaded.encoded.user_vocabularies),
            neighbour_weight: chosen.neighbour_weight,
        };
        check_cold_items(&choice, loaded, folder)?;
        Ok(Self { stars, choice, chosen, updates: former.updates, epochs: former.epochs })
    }

    /// Create the learner of the update.
    pub fn learner<'a>(&self, data: ChoiceData<'a>, config: &'a ChoiceConfig, seed: u64) -> ChoiceLearner<'a> {
        ChoiceLearner::update(data, config, seed.wrapping_add(self.updates), &self.choice, self.epochs)
    }
}

/// Return the former position of each item.
fn positions(known: &[String], loaded: &Loaded, folder: &Path) -> anyhow::Result<Vec<Option<usize>>> {
    let positions: HashMap<&str, usize> = known.iter().map(String::as_str).zip(0..).collect();
    let of_item = |id: &String| positions.get(id.as_str()).copied();
    let items: Vec<Option<usize>> = loaded.data.items.ids.iter().map(of_item).collect();
    ensure!(
        items.iter().any(Option::is_some),
        "none of the items has an id that the run in {} knows: is it the data of another site?",
        folder.display()
    );
    Ok(items)
}

/// Check that what is learned from is of the same kind and on the same scale as before: what was chosen is on that scale.
fn check_ratings(halves: &Halves, loaded: &Loaded, folder: &Path) -> anyhow::Result<()> {
    let kind = |is_rated: bool| if is_rated { "ratings" } else { "picks" };
    let (before, now) = (halves.stars.is_some(), loaded.feedback == Feedback::Ratings);
    ensure!(
        before == now,
        "the run in {} has learned from {}, and the data has {}: train anew",
        folder.display(),
        kind(before),
        kind(now)
    );
    let (before, now) = (&halves.scale, &loaded.encoded.scale);
    ensure!(
        (before.min, before.max) == (now.min, now.max),
        "the run in {} has learned from ratings from {} to {}, and those of the data are from {} to {}: train anew",
        folder.display(),
        before.min,
        before.max,
        now.min,
        now.max
    );
    Ok(())
}

/// Check that the run has learned of no item that is to be left out of training as a cold one.
fn check_cold_items(choice: &ChoiceStart, loaded: &Loaded, folder: &Path) -> anyhow::Result<()> {
    let cold = loaded.population.cold_items.iter().zip(&choice.items).zip(&loaded.data.items.ids);
    match cold.filter(|((is_cold, _), _)| **is_cold).find(|((_, item), _)| choice.is_learned(**item)) {
        None => Ok(()),
        Some((_, id)) => bail!(
            "item {id:?} is one of the split's cold_items, and the run in {} has learned of it: train anew",
            folder.display()
        ),
    }
}

/// Return where the stars half starts.
fn stars(
    halves: Halves,
    chosen: &Chosen,
    items: &[Option<usize>],
    folder: &Path,
) -> anyhow::Result<Option<StarsStart>> {
    let Some(stars) = halves.stars else { return Ok(None) };
    let tuning = chosen
        .tuning
        .with_context(|| format!("the run in {} does not say what was chosen of the stars half", folder.display()))?;
    Ok(Some(StarsStart { stars, items: items.to_vec(), tuning }))
}

/// Return for each of `vocabularies` the row that each of its rows had in the former one of the same name.
fn rows_in(former: &[Vocabulary], vocabularies: &[Vocabulary]) -> Vec<FormerField> {
    let rows = |vocabulary: &Vocabulary| {
        let index = former.iter().position(|former| former.name() == vocabulary.name())?;
        let row = |value: &String| former[index].row(range_like(&former[index], value)).unwrap_or(UNKNOWN);
        Some((index, [UNKNOWN].into_iter().chain(vocabulary.values().iter().map(row)).collect()))
    };
    vocabularies.iter().map(rows).collect()
}
