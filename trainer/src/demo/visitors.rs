//! Visitors for the demo's comparison page: held-out users with their ratings.

use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::encode::by_popularity;
use crate::measure::tasks::held_out_tasks;
use crate::train::{Loaded, Run};
use anyhow::ensure;
use fewclicks_model::model::vocabulary::{UNKNOWN, Vocabulary};
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of the most popular items that are listed, more than any signup asks about.
const POPULAR: usize = 100;

/// Visitors, and the items that are asked about by popularity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visitors {
    /// Ids of the items with the most training ratings, most popular first.
    pub popular: Vec<String>,
    pub visitors: Vec<Visitor>,
}

/// A held-out user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visitor {
    /// Values by user field, if they are in the model's vocabulary.
    pub user: BTreeMap<String, String>,
    /// Item ids and ratings that can be asked for.
    pub ratings: Vec<(String, f32)>,
    /// Item ids and ratings that predictions are measured on.
    pub kept: Vec<(String, f32)>,
}

impl Visitors {
    /// Return the first `count` held-out users of `run`, or all if there are fewer, with their ratings split as for
    /// `trainer evaluate`.
    ///
    /// # Errors
    /// Return an error if the run learned from picks, or held no users out.
    pub fn of(run: &Run, loaded: &Loaded, count: usize) -> anyhow::Result<Self> {
        let folder = run.folder.display();
        ensure!(
            loaded.feedback == Feedback::Ratings,
            "the run in {folder} learned from picks, and visitors are judged by their ratings: name a run with a preset \
             for ratings"
        );
        let tasks = held_out_tasks(loaded, loaded.feedback, run.config.seed);
        ensure!(
            !tasks.is_empty(),
            "the run in {folder} kept no users apart: name some as validation_users in the split, or train without one"
        );
        let popular = by_popularity(&loaded.encoded.popularity).into_iter().take(POPULAR);
        Ok(Self {
            popular: popular.map(|item| loaded.data.items.ids[item].clone()).collect(),
            visitors: tasks.iter().take(count).map(|task| Visitor::of(task, loaded)).collect(),
        })
    }
}

impl Visitor {
    fn of(task: &TaskRows, Loaded { data, encoded, .. }: &Loaded) -> Self {
        let by_id = |ratings: &[(u32, f32)]| {
            ratings.iter().map(|&(item, rating)| (data.items.ids[item as usize].clone(), rating)).collect()
        };
        let fields = encoded.user_vocabularies.iter().zip(&task.user);
        Self {
            user: fields.filter_map(|(field, rows)| Some((field.name().to_owned(), value(field, rows)?))).collect(),
            ratings: by_id(&task.support),
            kept: by_id(&task.query),
        }
    }
}

/// Return the value of a categorical field from its rows.
fn value(field: &Vocabulary, rows: &[u32]) -> Option<String> {
    let row = *rows.first().filter(|&&row| row != UNKNOWN)?;
    field.values().get(row as usize - 1).cloned()
}
