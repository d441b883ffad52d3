//! Gathers all that is found in a data set.

use super::{FieldUse, warnings};
use crate::data::{Change, DataError, Dataset, Feedback, Findings, Problem, site};
use crate::load::load_dataset;
use crate::preset::Preset;
use crate::report::{Bar, doubling};
use crate::train::{ItemChoice, Learned, RunConfig, check_learnable};
use serde::{Serialize, Serializer};
use std::path::Path;

/// What was found in a data set.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// Name or folder of the data.
    pub data: String,
    /// Whether a training would succeed.
    pub trains: bool,
    /// What makes a training fail, by kind.
    #[serde(serialize_with = "as_objects")]
    pub problems: Vec<Problem>,
    /// What reading drops, merges or does not know, by kind.
    pub changes: Vec<Change>,
    /// Columns that are not read, by file.
    pub unread: Vec<(String, Vec<String>)>,
    /// What would be learned from; `None` if that cannot be told for problems.
    pub content: Option<Content>,
}

/// The content of a data set that can be read.
#[derive(Debug, Serialize)]
pub struct Content {
    /// Name of the data.
    pub name: String,
    /// Name of the preset that decides what is learned from.
    pub preset: String,
    /// Whether the data is `ratings` or `picks`.
    pub feedback: &'static str,
    /// Number of users.
    pub users: usize,
    /// Number of items.
    pub items: usize,
    /// Number of ratings or picks.
    pub ratings: usize,
    /// Users by number of ratings, in doublings.
    pub per_user: Vec<Bar>,
    /// Items by number of ratings, in doublings.
    pub per_item: Vec<Bar>,
    /// What would be learned from.
    pub learned: Learned,
    /// Values by field.
    pub fields: Vec<FieldUse>,
    /// What is likely wrong.
    pub warnings: Vec<String>,
    /// Why there is nobody to learn from, if there is nobody.
    pub unlearnable: Option<String>,
}

/// Read `source` and tell what a training with `preset` would learn from.
///
/// # Errors
/// Return an error if problems cannot be told apart from a failure of the machine.
pub fn check(source: &str, preset: Preset) -> anyhow::Result<Checked> {
    let mut findings = Findings::of_all_problems();
    let folder = Path::new(source);
    let own = folder.join("schema.toml").is_file() && !folder.join("ratings.dat").is_file();
    let read = if own { site::read_with(folder, &mut findings) } else { load_dataset(source) };
    let mut problems = findings.problems().to_vec();
    let data = match read {
        Ok(data) => Some(data),
        Err(error) => {
            if problems.iter().all(|problem| !problem.first.contains(&error)) {
                problems.push(Problem { kind: site::UNREADABLE, count: 1, first: vec![error] });
            }
            None
        }
    };
    let changes = data.as_ref().map_or_else(|| findings.changes(), |data| data.changes.clone());
    let content = data.map(|data| content(source, data, preset)).transpose();
    let content = match content {
        Ok(content) => content,
        Err(error) => {
            let error = DataError::new(folder, format!("{error:#}"), "data that the preset can learn from");
            problems.push(Problem { kind: "data that makes no model", count: 1, first: vec![error] });
            None
        }
    };
    if let Some(reason) = content.as_ref().and_then(|content| content.unlearnable.as_ref()) {
        let error = DataError::new(folder, reason.as_str(), "data that the preset can learn from");
        problems.push(Problem { kind: "data that makes no model", count: 1, first: vec![error] });
    }
    let trains = problems.is_empty();
    let unread = findings.unread.into_iter().filter(|(_, columns)| !columns.is_empty()).collect();
    Ok(Checked { data: source.into(), trains, problems, changes, unread, content })
}

fn content(source: &str, data: Dataset, preset: Preset) -> anyhow::Result<Content> {
    let config =
        RunConfig { data: source.into(), split: None, items: ItemChoice::Existing, seed: 1, preset, former: None };
    let loaded = config.encode(data)?;
    let data = &loaded.data;
    let [users, items] = [data.users.ids.len(), data.items.ids.len()];
    let (mut of_user, mut of_item) = (vec![0; users], vec![0; items]);
    for rating in &data.ratings {
        of_user[rating.user as usize] += 1;
        of_item[rating.item as usize] += 1;
    }
    Ok(Content {
        name: data.name.clone(),
        preset: config.preset.name().into(),
        feedback: if data.feedback() == Feedback::Picks { "picks" } else { "ratings" },
        users,
        items,
        ratings: data.ratings.len(),
        per_user: doubling(&of_user),
        per_item: doubling(&of_item),
        learned: Learned::of(&loaded, &config.preset),
        fields: FieldUse::of(&loaded, &config.preset),
        warnings: warnings(&loaded, &config.preset),
        unlearnable: check_learnable(&loaded, &config.preset).err().map(|error| format!("{error:#}")),
    })
}

/// Serialise problems with their places in the files.
fn as_objects<S: Serializer>(problems: &[Problem], serializer: S) -> Result<S::Ok, S::Error> {
    let place = |error: &DataError| {
        serde_json::json!({
            "file": error.file.display().to_string(),
            "line": error.line,
            "column": error.column,
            "found": error.found,
            "expected": error.expected,
            "advice": error.advice,
            "guess": error.guess.as_ref().map(ToString::to_string),
        })
    };
    let object = |problem: &Problem| {
        let first: Vec<_> = problem.first.iter().map(place).collect();
        serde_json::json!({ "kind": problem.kind, "count": problem.count, "first": first })
    };
    serializer.collect_seq(problems.iter().map(object))
}
