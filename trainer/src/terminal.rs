//! Text for the terminal: notes on stderr, results on stdout.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};

/// Write a line to stderr. That nobody takes it, as with a closed pipe or a log on a full disk, is no error: it must not end a
/// training.
pub fn note(line: &str) {
    let _ = std::io::stderr().write_all(format!("{}\n", printable(line)).as_bytes());
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
