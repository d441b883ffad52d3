//! Damage to a site's files: bytes, lines and cells changed, lost or repeated, and lines of the schema replaced.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What can happen to a file.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Insert(Index, &'static str),
    /// Give a cell of a line another value.
    Cell(Index, Index, &'static str),
    /// Write a line once more somewhere else.
    Repeat(Index, Index),
    Drop(Index),
}

/// Texts that readers trip over.
const ODD: [&str; 26] = [
    "",
    "\"",
    "\"\"",
    "\u{feff}",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}[31m",
    "NaN",
    "inf",
    "-1",
    "1e999",
    "5,5",
    "NULL",
    "\\N",
    " a ",
    "a|b",
    "[",
    "{\"id\":1}",
    "9999999999999999999",
    "2024-13-45",
    "кни́га",
    "\u{202e}",
    "=1+1",
    "a\nb",
];

/// Lines that a schema may have, sound and unsound ones.
const SCHEMA: [&str; 16] = [
    "separator = \"\\t\"",
    "separator = \",,\"",
    "quote = \"'\"",
    "encoding = \"latin1\"",
    "encoding = \"utf-16le\"",
    "decimal = \",\"",
    "header = false",
    "repeats = \"mean\"",
    "orphans = \"drop\"",
    "out_of_range = \"clamp\"",
    "missing = [\"a\"]",
    "min = 6",
    "max = 1e39",
    "file = \"*\"",
    "file = \"../items.csv\"",
    "[items.fields]",
];

/// Generate up to three damages, each with the index of a file.
pub fn damages(files: usize) -> impl Strategy<Value = Vec<(usize, Damage)>> {
    let at = any::<Index>;
    let damage = prop_oneof![
        (at(), 1..=255u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        at().prop_map(Damage::Cut),
        (at(), select(&ODD[..])).prop_map(|(at, text)| Damage::Insert(at, text)),
        (at(), at(), select(&ODD[..])).prop_map(|(line, cell, text)| Damage::Cell(line, cell, text)),
        (at(), at()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        at().prop_map(Damage::Drop),
    ];
    let of_schema = (at(), select(&SCHEMA[..])).prop_map(|(at, line)| (0, Damage::Insert(at, line)));
    prop::collection::vec(prop_oneof![4 => (0..files, damage), 1 => of_schema], 1..4)
}

/// Return the content of a file after a damage.
pub fn after(mut content: Vec<u8>, damage: &Damage) -> Vec<u8> {
    match *damage {
        Damage::Flip(at, bits) if !content.is_empty() => {
            let at = at.index(content.len());
            content[at] ^= bits;
            content
        }
        Damage::Flip(..) => content,
        Damage::Cut(at) => {
            content.truncate(at.index(content.len() + 1));
            content
        }
        Damage::Insert(at, text) => {
            // A line of its own where it begins like one of the schema.
            let at = at.index(content.len() + 1);
            let at = if text.contains(" = ") || text.starts_with("[i") { after_line(&content, at) } else { at };
            let text =
                if text.contains(" = ") || text.starts_with("[i") { format!("{text}\n") } else { text.to_owned() };
            content.splice(at..at, text.into_bytes());
            content
        }
        Damage::Cell(line, cell, text) => with_lines(content, |lines| {
            let line = line.index(lines.len());
            let mut cells: Vec<&[u8]> = lines[line].split(|&byte| byte == b',').collect();
            let cell = cell.index(cells.len());
            cells[cell] = text.as_bytes();
            lines[line] = cells.join(&b',');
        }),
        Damage::Repeat(from, to) => with_lines(content, |lines| {
            let line = lines[from.index(lines.len())].clone();
            lines.insert(to.index(lines.len() + 1), line);
        }),
        Damage::Drop(at) => with_lines(content, |lines| {
            lines.remove(at.index(lines.len()));
        }),
    }
}

/// Return where the line after `at` begins.
fn after_line(content: &[u8], at: usize) -> usize {
    content[at..].iter().position(|&byte| byte == b'\n').map_or(content.len(), |end| at + end + 1)
}

fn with_lines(content: Vec<u8>, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = content.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    change(&mut lines);
    lines.join(&b'\n')
}
