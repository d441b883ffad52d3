//! What reading finds: counts of what it changes or leaves out, and problems.

use crate::data::error::DataError;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows or values that were dropped, merged, changed or are unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The kind, such as `ratings of items that are not in items.csv: dropped`.
    pub what: String,
    /// Number of these.
    pub count: u64,
}

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The kind, such as `unknown items`.
    pub kind: &'static str,
    /// Number of these.
    pub count: u64,
    /// The first of them, at most [`MAX_SHOWN`].
    pub first: Vec<DataError>,
}

/// Maximum number of problems of a kind that are kept.
pub const MAX_SHOWN: usize = 20;

/// Collects what reading finds.
#[derive(Debug, Default)]
pub struct Findings {
    changes: BTreeMap<String, u64>,
    /// `None` if the first problem ends the reading.
    problems: Option<Vec<Problem>>,
    /// Columns that are not read, by file.
    pub unread: Vec<(String, Vec<String>)>,
}

impl Findings {
    /// Return findings that collect problems, so that the reading goes on.
    pub fn of_all_problems() -> Self {
        Self { problems: Some(Vec::new()), ..Self::default() }
    }

    pub(super) fn change(&mut self, what: &str, count: u64) {
        if count == 0 {
            return;
        }
        match self.changes.get_mut(what) {
            Some(counted) => *counted += count,
            None => drop(self.changes.insert(what.to_owned(), count)),
        }
    }

    /// Note a problem.
    ///
    /// # Errors
    /// Return the problem unless all are collected.
    pub(super) fn problem(&mut self, kind: &'static str, error: DataError) -> Result<(), DataError> {
        let Some(problems) = &mut self.problems else { return Err(error) };
        let known = problems.iter().position(|problem| problem.kind == kind);
        let index = known.unwrap_or_else(|| {
            problems.push(Problem { kind, count: 0, first: Vec::new() });
            problems.len() - 1
        });
        let problem = &mut problems[index];
        problem.count += 1;
        if problem.first.len() < MAX_SHOWN {
            problem.first.push(error);
        }
        Ok(())
    }

    /// Return the changes by kind.
    pub fn changes(&self) -> Vec<Change> {
        self.changes.iter().map(|(what, &count)| Change { what: what.clone(), count }).collect()
    }

    /// Return the problems by kind, in the order in which the kinds were found.
    pub fn problems(&self) -> &[Problem] {
        self.problems.as_deref().unwrap_or_default()
    }
}
