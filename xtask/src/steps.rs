//! Named steps, one line before and one after each, and the table at the end.

use crate::terminal::note;
use anyhow::{Context, Result};
use std::fmt;
use std::time::{Duration, Instant};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    /// Nothing had changed since the last time, so nothing was done.
    Unchanged,
    /// What it needs is not there.
    Skipped,
}

#[derive(Default)]
pub struct Steps {
    finished: Vec<(String, &'static str, Duration)>,
}

impl Steps {
    /// Runs `work` as the step `name`. An error names the step.
    pub fn run(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        note!("==> {name}");
        let start = Instant::now();
        let result = work();
        let word = match &result {
            Ok(Outcome::Done) => "done",
            Ok(Outcome::Unchanged) => "unchanged",
            Ok(Outcome::Skipped) => "skipped",
            Err(_) => "FAILED",
        };
        let time = start.elapsed();
        note!("    {name}: {word}, {:.1} s", time.as_secs_f64());
        self.finished.push((name.to_owned(), word, time));
        result.map(drop).with_context(|| format!("step `{name}` failed"))
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: Duration = self.finished.iter().map(|(_, _, time)| *time).sum();
        writeln!(f, "{:<24} {:<10} {:>9}", "step", "outcome", "seconds")?;
        for (name, word, time) in &self.finished {
            writeln!(f, "{name:<24} {word:<10} {:>9.1}", time.as_secs_f64())?;
        }
        write!(f, "{:<35} {:>9.1}", "total", total.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    /// Proves that a failed step is named both in the error and in the table.
    #[test]
    fn a_failed_step_is_named() {
        let mut steps = Steps::default();
        steps.run("first", || Ok(Outcome::Unchanged)).unwrap();
        let error = steps.run("second", || bail!("no such thing")).unwrap_err();
        assert_eq!(format!("{error:#}"), "step `second` failed: no such thing");
        let table = steps.to_string();
        assert!(table.lines().any(|line| line.starts_with("first") && line.contains("unchanged")));
        assert!(table.lines().any(|line| line.starts_with("second") && line.contains("FAILED")));
    }
}
