//! Text files: byte-order marks, line endings and encodings.

use crate::data::error::DataError;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The encoding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// UTF-8, or else Latin-1, as in the original MovieLens files.
    Utf8OrLatin1,
}

/// Where rows come from, for messages: a location is the number of a line, or of a row where there are no lines.
pub(super) trait Source {
    /// Return the file, the first one of several.
    fn path(&self) -> &Path;

    /// Return the error of the row at a location.
    fn error_at(&self, at: u64, found: Box<str>, expected: Box<str>) -> DataError;

    /// Return the words for a location, such as `on line 2`; with the file's name if `seen_from` is in another file.
    fn place(&self, at: u64, seen_from: u64) -> String;
}

/// A text file that is not empty, without its byte-order mark.
#[derive(Debug)]
pub(super) struct Text {
    pub path: PathBuf,
    pub text: String,
}

impl Text {
    /// Read a file; `advice` says what to do if it is missing.
    pub fn read(path: PathBuf, encoding: Encoding, advice: &str) -> Result<Self, DataError> {
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error, advice))?;
        let text = decode(&path, bytes, encoding)?;
        if text.trim().is_empty() {
            return Err(DataError::new(&path, "an empty file", "at least one line"));
        }
        Ok(Self { path, text })
    }

    /// Iterate over the lines that are not blank, with their numbers, without their endings (`\n`, `\r\n` or `\r`).
    pub fn lines(&self) -> impl Iterator<Item = (u64, &str)> {
        // A line that ends in `\r\n` is followed by an empty piece, which is no line of its own.
        let pieces = self.text.split_inclusive(['\n', '\r']);
        let mut number = 1;
        let mut after_return = false;
        let numbered = pieces.map(move |piece| {
            number += u64::from(!(after_return && piece == "\n"));
            after_return = piece.ends_with('\r');
            (number - 1, piece.trim_end_matches(['\n', '\r']))
        });
        numbered.filter(|(_, line)| !line.trim().is_empty())
    }

    pub fn error(&self, line: u64, found: impl Into<Box<str>>, expected: impl Into<Box<str>>) -> DataError {
        DataError::new(&self.path, found, expected).at_line(line)
    }
}

impl Source for Text {
    fn path(&self) -> &Path {
        &self.path
    }

    fn error_at(&self, at: u64, found: Box<str>, expected: Box<str>) -> DataError {
        DataError::new(&self.path, found, expected).at_line(at)
    }

    fn place(&self, at: u64, _: u64) -> String {
        format!("on line {at}")
    }
}

fn unreadable(path: &Path, error: &std::io::Error, advice: &str) -> DataError {
    match error.kind() {
        ErrorKind::NotFound => DataError::new(path, "no such file", "a file").advise(advice),
        _ => DataError::new(path, error.to_string(), "a readable file"),
    }
}

fn decode(path: &Path, mut bytes: Vec<u8>, encoding: Encoding) -> Result<String, DataError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(not_utf8(path, 1, "UTF-16 text (its byte-order mark)"));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        let line = line_of(&bytes, at);
        return Err(not_utf8(path, line, "a zero byte (as in UTF-16 text)"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if encoding == Encoding::Utf8OrLatin1 => {
            Ok(error.as_bytes().iter().copied().map(char::from).collect())
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[at];
            let line = line_of(error.as_bytes(), at);
            Err(not_utf8(path, line, &format!("byte 0x{byte:02X}")))
        }
    }
}

fn not_utf8(path: &Path, line: u64, found: &str) -> DataError {
    DataError::new(path, found, "UTF-8 text").at_line(line).advise("save the file as UTF-8")
}

/// Return the line of the byte at offset `at`, counted from 1. Lines end in `\n`, `\r\n` or `\r`.
pub(super) fn line_of(bytes: &[u8], at: usize) -> u64 {
    let ends = |&i: &usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    1 + (0..at).filter(ends).count() as u64
}
