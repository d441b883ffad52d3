//! Output of commands on stdout and stderr.

use crate::data::tasks_file::{TaskLine, unused_fields};
use fewclicks_model::model::vocabulary::Vocabulary;
use std::io::{ErrorKind, Write};

/// Print on stderr which `user_fields` of task lines are no fields of the model.
pub fn note_unused_fields(tasks: &[TaskLine], vocabularies: &[Vocabulary]) {
    for name in unused_fields(tasks, vocabularies) {
        let known: Vec<&str> = vocabularies.iter().map(Vocabulary::name).collect();
        let known = if known.is_empty() { "none".into() } else { known.join(", ") };
        eprintln!("user_fields: \"{name}\" is not used, as the model has no such field (it has {known})");
    }
}

/// Write results to stdout. A closed pipe (`| head`) is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
