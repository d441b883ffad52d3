//! Notes that several commands print.

use crate::data::parse_time;
use crate::data::tasks_file::{TaskLine, unused_fields};
use crate::terminal::note;
use fewclicks_model::model::vocabulary::Vocabulary;

/// Print on stderr which `user_fields` of task lines are no fields of the model.
pub fn note_unused_fields(tasks: &[TaskLine], vocabularies: &[Vocabulary]) {
    for name in unused_fields(tasks, vocabularies) {
        let known: Vec<&str> = vocabularies.iter().map(Vocabulary::name).collect();
        let known = if known.is_empty() { "none".into() } else { known.join(", ") };
        note(&format!("user_fields: \"{name}\" is not used, as the model has no such field (it has {known})"));
    }
}

/// Read a date or time, as milliseconds since 1970.
pub fn parse_date(text: &str) -> Result<i64, String> {
    parse_time(text).ok_or_else(|| "expected a date such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z".into())
}
