//! Lines of a text file in any encoding, with their numbers. The file is read piece by piece.

use super::files::TableFile;
use super::format::Format;
use super::open::{open_text, unreadable};
use crate::data::error::DataError;
use encoding_rs::{Decoder, DecoderResult, UTF_8, WINDOWS_1252};
use std::io::Read;
use std::path::PathBuf;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 16;

pub struct Lines {
    path: PathBuf,
    source: Box<dyn Read>,
    decoder: Decoder,
    encoding: Option<&'static str>,
    piece: Vec<u8>,
    /// Decoded text; the lines from `start` on are not returned yet.
    text: String,
    start: usize,
    /// Number of lines returned.
    line: u64,
    ended: bool,
    /// What ends the text early.
    failure: Option<DataError>,
}

impl Lines {
    /// Open a file.
    ///
    /// # Errors
    /// Return an error if it cannot be opened.
    pub fn open(file: &TableFile, format: &Format) -> Result<Self, DataError> {
        let decoder = match format.encoding {
            // A byte-order mark decides between the two kinds of UTF-16.
            Some(encoding) => encoding.new_decoder(),
            None => UTF_8.new_decoder_with_bom_removal(),
        };
        let mut lines = Self {
            path: file.path.clone(),
            source: open_text(file)?,
            decoder,
            encoding: format.encoding.map(|encoding| encoding.name()),
            piece: vec![0; PIECE],
            text: String::new(),
            start: 0,
            line: 0,
            ended: false,
            failure: None,
        };
        lines.fill()?;
        Ok(lines)
    }

    /// Return the number of the next line, and the line with its ending: `\n`, `\r\n` or `\r`.
    ///
    /// # Errors
    /// Return an error if the file cannot be read, or is not in its encoding. No line follows.
    pub fn next(&mut self) -> Result<Option<(u64, &str)>, DataError> {
        let mut searched = self.start;
        let end = loop {
            let bytes = self.text.as_bytes();
            match memchr::memchr2(b'\n', b'\r', &bytes[searched..]).map(|found| searched + found) {
                Some(end) if bytes[end] == b'\n' => break end + 1,
                Some(end) if end + 1 < bytes.len() => break end + 1 + usize::from(bytes[end + 1] == b'\n'),
                // Whether `\n` follows is not read yet.
                Some(end) if self.ended => break end + 1,
                found => {
                    if self.ended {
                        break bytes.len();
                    }
                    let unread = self.start;
                    searched = found.unwrap_or(bytes.len()) - unread;
                    self.fill()?;
                }
            }
        };
        if end == self.text.len() && self.ended {
            let whole = self.text[self.start..].ends_with(['\n', '\r']);
            if let Some(failure) = self.failure.take_if(|_| !whole || end == self.start) {
                self.start = end;
                return Err(failure.at_line(self.line + 1));
            }
            if end == self.start {
                return Ok(None);
            }
        }
        let line = &self.text[self.start..end];
        self.start = end;
        self.line += 1;
        Ok(Some((self.line, line)))
    }

    /// Return the next line that is not blank, as far as it is read.
    pub fn peek(&self) -> &str {
        self.text[self.start..].split(['\n', '\r']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// Decode the next piece.
    fn fill(&mut self) -> Result<(), DataError> {
        self.text.drain(..self.start);
        self.start = 0;
        let read = match self.source.read(&mut self.piece) {
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return Ok(()),
            Err(error) => {
                self.ended = true;
                return Err(unreadable(&self.path, &error).at_line(self.line + 1));
            }
        };
        let before = self.text.len();
        let mut at = 0;
        loop {
            let source = &self.piece[at..read];
            self.text.reserve(self.decoder.max_utf8_buffer_length(source.len()).unwrap_or(source.len() * 3));
            let (result, consumed) =
                self.decoder.decode_to_string_without_replacement(source, &mut self.text, read == 0);
            at += consumed;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let first = at.checked_sub(usize::from(length) + usize::from(after)).map(|at| self.piece[at]);
                    self.failure = Some(self.malformed(first, &self.piece[..read]));
                    break;
                }
            }
        }
        if let Some(zero) = memchr::memchr(0, &self.text.as_bytes()[before..]) {
            self.text.truncate(before + zero);
            // Of UTF-16 text in a script of ASCII every other byte is zero, from the first or second on.
            let encoding = match before + zero {
                0 if self.line == 0 => Some("utf-16be"),
                1 if self.line == 0 => Some("utf-16le"),
                _ => None,
            };
            let guess = encoding.map(looks_like_utf_16);
            self.failure = Some(self.not_in_encoding("a zero byte (as in UTF-16 text)".into(), guess));
        }
        self.ended = read == 0 || self.failure.is_some();
        Ok(())
    }

    /// Return the error of a byte that is not in the encoding; `piece` is what was read with it.
    fn malformed(&self, byte: Option<u8>, piece: &[u8]) -> DataError {
        // Bytes 0xFE and 0xFF are in no UTF-8 text; at the start they are the byte-order mark of UTF-16.
        let marked = piece.starts_with(&[0xFF, 0xFE]) || piece.starts_with(&[0xFE, 0xFF]);
        if marked && self.line == 0 && self.text.is_empty() {
            let found = "UTF-16 text (its byte-order mark)".into();
            return self.not_in_encoding(found, Some(looks_like_utf_16("utf-16")));
        }
        let byte = byte.map_or("half a character at the end".into(), |byte| format!("byte 0x{byte:02X}"));
        let (text, ..) = WINDOWS_1252.decode(piece);
        let line = text.split(['\n', '\r']).find(|line| !line.is_ascii()).unwrap_or_default();
        let around = line.chars().position(|c| !c.is_ascii()).unwrap_or_default();
        let sample: String = line.chars().skip(around.saturating_sub(8)).take(16).collect();
        let guess = format!(
            "this looks like Latin-1, in which it reads {:?}; if that is right, write encoding = \"latin-1\" in schema.toml, else the \
             encoding that it has",
            sample.trim()
        );
        self.not_in_encoding(byte, Some(guess))
    }

    fn not_in_encoding(&self, found: String, guess: Option<String>) -> DataError {
        if let Some(name) = self.encoding {
            let error = DataError::new(&self.path, found, format!("{name} text, as schema.toml states"));
            return error.advise("state another encoding, or save the file as UTF-8 and state none");
        }
        let error = DataError::new(&self.path, found, "UTF-8 text").advise("save the file as UTF-8");
        guess.into_iter().fold(error, DataError::guess)
    }
}

fn looks_like_utf_16(encoding: &str) -> String {
    format!("this looks like UTF-16; write encoding = {encoding:?} in schema.toml")
}
