//! Progress on stderr: a bar on a terminal, otherwise one line at the end.

use crate::ranks;
use crate::terminal::note;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Return how long `rounds` rounds will take that take `seconds` each, in words to append to a line; nothing where none is left.
pub fn left(seconds: f64, rounds: usize) -> String {
    match (rounds, seconds * rounds as f64) {
        (0, _) => String::new(),
        (_, left) if left < 100.0 => format!("  about {left:.0} s left"),
        (_, left) if left < 6000.0 => format!("  about {:.0} min left", left / 60.0),
        (_, left) => format!("  about {:.1} h left", left / 3600.0),
    }
}

/// The progress of one piece of work.
pub struct Progress {
    bar: ProgressBar,
    label: String,
}

impl Progress {
    pub fn new(label: &str) -> Self {
        let target = match std::io::stderr().is_terminal() && ranks::is_first() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len}  {per_sec}, {eta} left")
            .expect("a valid template");
        let bar = ProgressBar::with_draw_target(None, target).with_style(style).with_prefix(label.to_owned());
        Self { bar, label: label.into() }
    }

    /// Show that `done` of `all` is done.
    pub fn show(&mut self, done: usize, all: usize) {
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
    }

    /// Remove the bar and print a line with the outcome.
    pub fn finish(self, outcome: &str) {
        self.bar.finish_and_clear();
        note(&format!("{}  {outcome}", self.label));
    }
}
