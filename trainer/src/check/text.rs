//! What was found, as text for the terminal.

use super::found::Content;
use super::{Checked, FieldUse};
use crate::data::MAX_SHOWN;
use crate::report::Bar;
use crate::train::LeftOut;
use std::fmt;

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{}: {}", problem.kind, problem.count)?;
            for (index, error) in problem.first.iter().enumerate() {
                writeln!(f, "  {error}")?;
                let said = index > 0 && problem.first[index - 1].guess == error.guess;
                if let Some(guess) = error.guess.as_ref().filter(|_| !said) {
                    writeln!(f, "    {guess}")?;
                }
            }
            if problem.count > MAX_SHOWN as u64 {
                writeln!(f, "  and {} more", problem.count - MAX_SHOWN as u64)?;
            }
        }
        if let Some(content) = &self.content {
            let Content { name, feedback, users, items, ratings, .. } = content;
            writeln!(f, "{name}: {ratings} {feedback} of {items} items by {users} users")?;
            writeln!(f, "  users by number of {feedback}: {}", bars(&content.per_user))?;
            writeln!(f, "  items by number of {feedback}: {}", bars(&content.per_item))?;
        }
        list(
            f,
            "Dropped, merged or unknown",
            self.changes.iter().map(|change| format!("{} {}", change.count, change.what)),
        )?;
        list(
            f,
            "Columns not read",
            self.unread.iter().map(|(file, columns)| format!("{file}: {}", columns.join(", "))),
        )?;
        if let Some(content) = &self.content {
            let learned = &content.learned;
            writeln!(
                f,
                "With preset {} it would learn from {} users, {} {} of {} items",
                content.preset, learned.users, learned.ratings, content.feedback, learned.items
            )?;
            list(f, "Left out", learned.left_out.iter().map(LeftOut::words))?;
            list(f, "Fields", content.fields.iter().map(field))?;
            list(f, "Warnings", content.warnings.iter().cloned())?;
        }
        let verdict = if self.trains { "no problem: it can be trained on" } else { "training would fail" };
        writeln!(f, "{}: {verdict}", self.data)
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, lines: impl Iterator<Item = String>) -> fmt::Result {
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "{title}:")?;
    lines.try_for_each(|line| writeln!(f, "  {line}"))
}

/// Return the bars in words, such as `12 with 1, 40 with 2–3`.
fn bars(bars: &[Bar]) -> String {
    let bar = |bar: &Bar| {
        let last = bar.below - 1.0;
        let range = if last > bar.from { format!("{}–{last}", bar.from) } else { bar.from.to_string() };
        format!("{} with {range}", bar.count)
    };
    bars.iter().map(bar).collect::<Vec<_>>().join(", ")
}

fn field(field: &FieldUse) -> String {
    let FieldUse { name, of, used, known, kept, rare } = field;
    let left_out = if *used { "" } else { "; left out of the model" };
    format!("{name} of {of}: {kept} values kept, {rare} too rare, known of {known} {of} in training{left_out}")
}
