//! Opens a file of a table, and compares its first bytes with what its name promises.

use super::files::{Compression, Kind, TableFile, file_name};
use crate::data::error::DataError;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

const BUFFER: usize = 1 << 17;

const PARQUET: &[u8] = b"PAR1";

/// Open a file of text, and decompress it.
///
/// # Errors
/// Return an error if it cannot be opened, or begins as a file of another kind.
pub fn open_text(file: &TableFile) -> Result<Box<dyn Read>, DataError> {
    decompress(file, open_raw(file)?)
}

/// Open a Parquet file. One that is compressed as a whole is decompressed into a temporary file, as it is not read in order.
///
/// # Errors
/// Return an error as [`open_text`], or if the temporary file cannot be written.
pub fn open_parquet(file: &TableFile) -> Result<File, DataError> {
    let raw = open_raw(file)?;
    let mut opened = raw.into_inner();
    if file.compression != Compression::None {
        let mut whole = tempfile::tempfile().map_err(|error| unreadable(&file.path, &error))?;
        let rewound = BufReader::new(opened);
        std::io::copy(&mut decompress(file, rewound)?, &mut whole).map_err(|error| unreadable(&file.path, &error))?;
        opened = whole;
    }
    let mut start = Vec::new();
    opened
        .rewind()
        .and_then(|()| opened.by_ref().take(4).read_to_end(&mut start))
        .map_err(|e| unreadable(&file.path, &e))?;
    if start != PARQUET {
        let found = if start.is_empty() { "an empty file" } else { "other bytes at the start" };
        let advice = "a text file is named .csv or .jsonl; of an export that was cut off, write the file again";
        return Err(DataError::new(&file.path, found, "a Parquet file, which begins with PAR1").advise(advice));
    }
    opened.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&file.path, &error))?;
    Ok(opened)
}

fn open_raw(file: &TableFile) -> Result<BufReader<File>, DataError> {
    let opened = File::open(&file.path).map_err(|error| unreadable(&file.path, &error))?;
    let mut raw = BufReader::with_capacity(BUFFER, opened);
    let start = raw.fill_buf().map_err(|error| unreadable(&file.path, &error))?;
    check_start(file, start)?;
    raw.rewind().map_err(|error| unreadable(&file.path, &error))?;
    Ok(raw)
}

fn decompress(file: &TableFile, raw: BufReader<File>) -> Result<Box<dyn Read>, DataError> {
    Ok(match file.compression {
        Compression::None => Box::new(raw),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(raw)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(raw).map_err(|error| unreadable(&file.path, &error))?),
    })
}

/// Compare the first bytes with the kinds that have bytes of their own.
fn check_start(file: &TableFile, start: &[u8]) -> Result<(), DataError> {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xD0\xCF\x11\xE0") {
        let error = DataError::new(&file.path, "a spreadsheet or zip file", "CSV, JSON lines or Parquet");
        return Err(error.advise("save it in one of these formats"));
    }
    let signatures = [
        (&b"\x1F\x8B"[..], "a gzip file", ".gz", file.compression == Compression::Gzip),
        (b"\x28\xB5\x2F\xFD", "a zstd file", ".zst", file.compression == Compression::Zstd),
        (PARQUET, "a Parquet file", ".parquet", file.compression == Compression::None && file.kind == Kind::Parquet),
    ];
    for (bytes, what, extension, expected) in signatures {
        if start.starts_with(bytes) && !expected {
            let name = file_name(&file.path);
            let renamed = match extension {
                ".parquet" => name.rsplit_once('.').map_or(&*name, |(stem, _)| stem).to_owned() + extension,
                _ => name.clone() + extension,
            };
            let expected = format!("what its name {name} says");
            return Err(DataError::new(&file.path, what, expected).advise(format!("name it {renamed}")));
        }
        if expected && !start.starts_with(bytes) && file.compression != Compression::None {
            let found = if start.is_empty() { "an empty file" } else { "other bytes at the start" };
            let advice = format!("a file that is not compressed is named without {extension}");
            return Err(DataError::new(&file.path, found, what).advise(advice));
        }
    }
    Ok(())
}

/// Return the error of a file that cannot be read to its end.
pub fn unreadable(path: &Path, error: &std::io::Error) -> DataError {
    match error.kind() {
        ErrorKind::NotFound => DataError::new(path, "no such file", "a file"),
        ErrorKind::UnexpectedEof => {
            DataError::new(path, "a compressed file that ends too early", "a whole one").advise("write the file again")
        }
        _ => DataError::new(path, error.to_string(), "a readable file"),
    }
}
