//! Looks ids up: from task lines to positions and embedding rows.

use super::line::TaskLine;
use super::rows::TaskRows;
use crate::data::bins::range_of;
use crate::data::dataset::Table;
use crate::data::error::DataError;
use crate::data::error::quoted;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::model::vocabulary::Vocabulary;
use fewclicks_model::network::task::User;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Items and users that task lines refer to.
#[derive(Debug)]
pub struct Lookup<'a> {
    items: HashMap<&'a str, u32>,
    vocabularies: &'a [Vocabulary],
    scale: &'a Scale,
    users: Option<(&'a Table, HashMap<&'a str, u32>)>,
}

impl<'a> Lookup<'a> {
    /// Create a lookup. `items` are ids in the order of their positions, `vocabularies` those of the model's user
    /// fields. Users without `user_fields` are looked up in `users`, if given.
    pub fn new(
        items: impl Iterator<Item = &'a str>,
        vocabularies: &'a [Vocabulary],
        scale: &'a Scale,
        users: Option<&'a Table>,
    ) -> Self {
        Self { items: items.zip(0..).collect(), vocabularies, scale, users: users.map(|users| (users, users.rows())) }
    }

    /// Look all tasks up. A user without `user_fields` who is not in the table has unknown fields; so has one with
    /// values that are not in the vocabularies.
    ///
    /// # Errors
    /// Return an error that names the file and the line if an item is unknown, a rating is off the scale, or an item is
    /// twice in a support set; or the file if all query sets are empty.
    pub fn tasks(&self, lines: &[TaskLine]) -> Result<Vec<TaskRows>, DataError> {
        let tasks: Vec<TaskRows> = lines.iter().map(|line| self.task(line)).collect::<Result<_, _>>()?;
        match lines.first() {
            Some(line) if tasks.iter().all(|task| task.query.is_empty()) => {
                let expected = "at least one item to predict, with its rating";
                Err(DataError::new(&line.file, "an empty \"query\" in every task", expected))
            }
            _ => Ok(tasks),
        }
    }

    fn task(&self, line: &TaskLine) -> Result<TaskRows, DataError> {
        let ratings = |list: &str, ratings: &[(String, f32)]| -> Result<Vec<(u32, f32)>, DataError> {
            ratings.iter().map(|(id, rating)| self.rating(line, list, id, *rating)).collect()
        };
        let (support, query) = (ratings("support", &line.support)?, ratings("query", &line.query)?);
        let mut seen = HashSet::new();
        if let Some((id, _)) = line.support.iter().find(|(id, _)| !seen.insert(id)) {
            let found = format!("item {} twice in support", quoted(id));
            return Err(line.error(found, "one rating per item").advise("keep the later one"));
        }
        Ok(TaskRows { user: self.user(line), support, query })
    }

    fn rating(&self, line: &TaskLine, list: &str, id: &str, rating: f32) -> Result<(u32, f32), DataError> {
        let Some(&item) = self.items.get(id) else {
            let found = format!("unknown item {} in {list}", quoted(id));
            return Err(line.error(found, "ids of the catalogue").advise("use tasks that belong to the data"));
        };
        // Ratings of the query set are checked too: errors against ratings off the scale would mean nothing.
        let Scale { min, max, .. } = *self.scale;
        if !(min..=max).contains(&rating) {
            let found = format!("item {} rated {rating} in {list}", quoted(id));
            return Err(line.error(found, format!("a number from {min} to {max}")));
        }
        Ok((item, rating))
    }

    fn user(&self, line: &TaskLine) -> User {
        let known =
            self.users.as_ref().and_then(|(table, rows)| Some((table, *rows.get(line.user.as_str())? as usize)));
        let values = |name: &str| match (&line.user_fields, known) {
            (Some(fields), _) => fields.get(name),
            (None, Some((table, row))) => table.column(name).map(|column| &column.values[row]),
            (None, None) => None,
        };
        let rows = |vocabulary: &Vocabulary| {
            let values = values(vocabulary.name()).into_iter().flatten();
            vocabulary.encode(values.map(|value| range_of(vocabulary, value)))
        };
        self.vocabularies.iter().map(rows).collect()
    }
}

/// Return the names in `user_fields` that are no fields of the model, which has `vocabularies`. The model may have been
/// trained without them.
pub fn unused_fields<'a>(lines: &'a [TaskLine], vocabularies: &[Vocabulary]) -> BTreeSet<&'a str> {
    let names = lines.iter().filter_map(|line| line.user_fields.as_ref()).flat_map(BTreeMap::keys);
    names.map(String::as_str).filter(|name| vocabularies.iter().all(|v| v.name() != *name)).collect()
}
