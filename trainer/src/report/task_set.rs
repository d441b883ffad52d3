//! Sets of tasks that are measured on together.

use crate::data::tasks_file::TaskRows;
use crate::measure::contender::{Contender, Role};

/// Name of the tasks of held-out users.
pub const HELD_OUT: &str = "held-out users";

/// Tasks that are measured on together.
pub struct TaskSet {
    /// Name of the set.
    pub name: String,
    /// Tasks as the reported run encodes them.
    pub tasks: Vec<TaskRows>,
    /// Tasks as the second run encodes them; empty without one.
    pub beside: Vec<TaskRows>,
}

impl TaskSet {
    /// Return the tasks as a contender's run encodes them.
    pub fn of(&self, contender: &Contender) -> &[TaskRows] {
        if contender.role == Role::Beside { &self.beside } else { &self.tasks }
    }

    /// Return the number of answers that at least half of the tasks have.
    pub fn reach(&self) -> usize {
        let mut sizes: Vec<usize> = self.tasks.iter().map(|task| task.support.len()).collect();
        sizes.sort_unstable();
        sizes[(sizes.len() - 1) / 2]
    }
}
