//! Ends a command on SIGINT and SIGTERM, with a word about how to go on.

/// Wait for SIGINT and SIGTERM on a thread of its own. The first one ends the process with status 130 or 143, once no file is being
/// written; the batch in work is dropped. `advice` says how to go on.
///
/// # Errors
/// Return an error if the signals cannot be watched.
#[cfg(unix)]
pub fn watch(advice: String) -> anyhow::Result<()> {
    use crate::files::hold_writes;
    use crate::terminal::note;
    use anyhow::Context;
    use signal_hook::consts::{SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]).context("cannot watch signals")?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let _no_file_is_half_written = hold_writes();
            note(&format!("interrupted: {advice}"));
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Let the system end the process.
///
/// # Errors
/// Return none.
#[cfg(not(unix))]
pub fn watch(_: String) -> anyhow::Result<()> {
    Ok(())
}
