//! Tasks that are measured on together.

use super::contenders::{Contender, Role};
use crate::data::tasks_file::TaskRows;

/// What tasks are called that come from users whom training has not seen.
pub const HELD_OUT: &str = "held-out users";

/// Tasks that are measured on together.
pub struct TaskSet {
    /// What the report calls them.
    pub name: String,
    /// As the reported run reads them.
    pub tasks: Vec<TaskRows>,
    /// As the second run reads them; empty without one.
    pub beside: Vec<TaskRows>,
}

impl TaskSet {
    /// The tasks as a contender reads them.
    pub fn of(&self, contender: &Contender) -> &[TaskRows] {
        if contender.role == Role::Beside { &self.beside } else { &self.tasks }
    }

    /// The numbers of answers that at least half of the tasks have.
    pub fn reach(&self) -> usize {
        let mut sizes: Vec<usize> = self.tasks.iter().map(|task| task.support.len()).collect();
        sizes.sort_unstable();
        sizes[(sizes.len() - 1) / 2]
    }
}
