//! Text for the terminal: notes on stderr, results on stdout.

use crate::ranks;
use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;
use std::time::Duration;

/// How long another rank than the first waits before it reports an error, which mostly the first rank has too.
const FIRST_REPORTS: Duration = Duration::from_secs(1);

/// How much longer each further rank waits, and at most all of them.
const NEXT_REPORTS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(3));

/// Write a line to stderr, on the first rank alone. That nobody takes it, as with a closed pipe or a log on a full disk, is no
/// error: it must not end a training.
pub fn note(line: &str) {
    if ranks::is_first() {
        complain(line);
    }
}

/// As [`note`], on any rank.
pub fn complain(line: &str) {
    let _ = std::io::stderr().write_all(format!("{}\n", printable(line)).as_bytes());
}

/// Write the error that ends this process to stderr. Of an error that all ranks have the first rank alone reports.
pub fn report(error: &anyhow::Error) {
    match ranks::rank() {
        0 if ranks::was_launched_first() => complain(&format!("error: {error:#}")),
        0 => {}
        rank => {
            std::thread::sleep(FIRST_REPORTS + (NEXT_REPORTS.0 * rank as u32).min(NEXT_REPORTS.1));
            complain(&format!("error on rank {rank} of {}: {error:#}", ranks::size()));
        }
    }
}

/// Print the help that was asked for, or what is wrong with the command line, on the first rank, and return the exit status.
pub fn explain(usage: &clap::Error) -> ExitCode {
    if ranks::is_first() && ranks::was_launched_first() {
        // A closed pipe is no error.
        let _ = usage.print();
    }
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(u8::MAX))
}

/// Write results to stdout. A closed pipe (`| head`) is no error.
///
/// # Errors
/// Return an error if stdout cannot be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout();
    match stdout.write_all(printable(text).as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Replace control characters other than line ends, and those that change the direction of text, by escapes such as `\u001b`,
/// which JSON has too: titles and ids are data of others, and must not command the terminal.
fn printable(text: &str) -> Cow<'_, str> {
    let escapes = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(escapes) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| if escapes(c) { format!("\\u{:04x}", u32::from(c)) } else { c.into() };
    Cow::Owned(text.chars().map(escape).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_escaped_as_json_has_it() {
        let title = "Ti\u{1b}[31mtle\u{9b}2J\r\u{202e}\u{7f}";
        assert_eq!(printable(title), r"Ti\u001b[31mtle\u009b2J\u000d\u202e\u007f");
        let json = serde_json::to_string(title).unwrap();
        assert_eq!(serde_json::from_str::<String>(&printable(&json)).unwrap(), title);
        assert!(matches!(printable("Ünïcode 漫画\n"), Cow::Borrowed(_)));
    }
}
