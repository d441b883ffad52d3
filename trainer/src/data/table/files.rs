//! Finds the files of a table in a site's folder.

use super::format::Format;
use crate::data::error::DataError;
use std::path::{Path, PathBuf};

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Csv,
    Jsonl,
    Parquet,
}

/// How a file is compressed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    None,
    Gzip,
    Zstd,
}

/// A file of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    pub path: PathBuf,
    pub kind: Kind,
    pub compression: Compression,
    /// Extension that tells the kind, in lower case.
    pub extension: String,
}

/// Extensions of files that are found without being named.
const FOUND: [&str; 7] = [".csv", ".csv.gz", ".csv.zst", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"];

/// Return the files of the table called `name`: those that `format` names, or else the one file or folder of that name.
/// `None` if nothing of that name exists.
///
/// # Errors
/// Return an error if a file that is named does not exist, if several files could be the table, or if an extension tells
/// no kind.
pub fn find(folder: &Path, name: &str, format: &Format) -> Result<Option<Vec<TableFile>>, DataError> {
    if !format.files.is_empty() {
        let mut files = Vec::new();
        for pattern in &format.files {
            files.extend(named(folder, pattern, format)?);
        }
        return Ok(Some(files));
    }
    let paths = FOUND.iter().map(|extension| folder.join(format!("{name}{extension}")));
    let existing: Vec<PathBuf> = paths.chain([folder.join(name)]).filter(|path| path.exists()).collect();
    match &existing[..] {
        [] => Ok(None),
        [path] => parts(path, format).map(Some),
        [first, others @ ..] => {
            let found =
                format!("{} beside it", others.iter().map(|path| file_name(path)).collect::<Vec<_>>().join(", "));
            let advice = format!("remove the others, or write file = {:?} under {}", file_name(first), format.table);
            Err(DataError::new(first, found, format!("one file or folder of {name}")).advise(advice))
        }
    }
}

/// Return the files that a name or pattern stands for, sorted.
fn named(folder: &Path, pattern: &str, format: &Format) -> Result<Vec<TableFile>, DataError> {
    let path = folder.join(pattern);
    if path.exists() {
        return parts(&path, format);
    }
    let whole = format!("{}/{pattern}", glob::Pattern::escape(&folder.to_string_lossy()));
    let matches =
        glob::glob(&whole).map_err(|error| DataError::new(&path, error.to_string(), "a file or a pattern"))?;
    let paths: Vec<PathBuf> = matches.filter_map(Result::ok).collect();
    if paths.is_empty() {
        let advice = format!("file under {} names it, relative to schema.toml; * stands for any text", format.table);
        return Err(DataError::new(&path, "no such file", "a file").advise(advice));
    }
    let files: Vec<Vec<TableFile>> = paths.iter().map(|path| parts(path, format)).collect::<Result<_, _>>()?;
    Ok(files.concat())
}

/// Return the file, or the files of a folder, sorted, without those that begin with `_` or `.`, which are notes of the
/// program that wrote the folder.
fn parts(path: &Path, format: &Format) -> Result<Vec<TableFile>, DataError> {
    if !path.is_dir() {
        return Ok(vec![of_kind(path, format)?]);
    }
    let unreadable = |error: std::io::Error| DataError::new(path, error.to_string(), "a readable folder");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?.path();
        if !file_name(&entry).starts_with(['_', '.']) {
            paths.push(entry);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(DataError::new(path, "an empty folder", "files of the table"));
    }
    let files: Vec<Vec<TableFile>> = paths.iter().map(|path| parts(path, format)).collect::<Result<_, _>>()?;
    let files = files.concat();
    match files.iter().find(|file| file.kind != files[0].kind) {
        Some(other) => {
            let found = format!("{} beside {}", file_name(&other.path), file_name(&files[0].path));
            Err(DataError::new(path, found, "parts of one kind"))
        }
        None => Ok(files),
    }
}

/// Return the kind of a file, by its name unless it is stated.
fn of_kind(path: &Path, format: &Format) -> Result<TableFile, DataError> {
    let name = file_name(path).to_lowercase();
    let (name, compression) = match name.rsplit_once('.') {
        Some((stem, "gz")) => (stem, Compression::Gzip),
        Some((stem, "zst")) => (stem, Compression::Zstd),
        _ => (&*name, Compression::None),
    };
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned();
    let kind = match (&*extension, format.kind) {
        (_, Some(kind)) => kind,
        ("csv" | "tsv" | "tab" | "txt" | "dat", None) => Kind::Csv,
        ("jsonl" | "ndjson" | "json", None) => Kind::Jsonl,
        ("parquet" | "pq", None) => Kind::Parquet,
        _ => {
            let advice = format!("write format = \"csv\", \"jsonl\" or \"parquet\" under {}", format.table);
            let expected = "a file of .csv, .jsonl or .parquet, which .gz or .zst may follow";
            return Err(DataError::new(path, "a file of another extension", expected).advise(advice));
        }
    };
    Ok(TableFile { path: path.into(), kind, compression, extension })
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
