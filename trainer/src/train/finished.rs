//! `finished.json`: the files of a finished run with their SHA-256. A run without it has not finished.

use crate::files::write_atomically;
use crate::sealed::{seal, unseal};
use anyhow::{Context, bail};
use fewclicks_model::bundle::sha256;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Name of the file.
pub const FINISHED: &str = "finished.json";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finished {
    /// SHA-256 in hexadecimal, by path relative to the run's folder.
    files: BTreeMap<String, String>,
}

/// Note that the run in `folder` is finished and consists of `files`, those of them that exist; of a folder all it holds.
///
/// # Errors
/// Return an error if a file cannot be read or written.
pub fn note_finished(folder: &Path, files: &[&str]) -> anyhow::Result<()> {
    let mut hashes = BTreeMap::new();
    for &name in files {
        let path = folder.join(name);
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))? {
                let part = format!("{name}/{}", entry?.file_name().to_string_lossy());
                hashes.insert(part.clone(), hash(&folder.join(&part))?);
            }
        } else if path.exists() {
            hashes.insert(name.to_owned(), hash(&path)?);
        }
    }
    write_atomically(&folder.join(FINISHED), seal(&Finished { files: hashes })?.as_bytes())
}

/// Check that the run in `folder` is finished, and all its files are as they were then.
///
/// # Errors
/// Return an error that names the file and how to go on.
pub fn check_finished(folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(FINISHED);
    let go_on = format!("go on with `trainer train --resume --out {}`", folder.display());
    let Ok(text) = fs::read(&path) else { bail!("the run in {} has not finished: {go_on}", folder.display()) };
    let finished: Finished =
        unseal(&String::from_utf8_lossy(&text)).with_context(|| format!("{}: {go_on}", path.display()))?;
    for (name, noted) in &finished.files {
        let path = folder.join(name);
        let found = hash(&path).with_context(|| go_on.clone())?;
        if found != *noted {
            bail!("{} is damaged: its SHA-256 is another than when the run finished; {go_on}", path.display());
        }
    }
    Ok(())
}

/// Return the SHA-256 of `finished.json`, and so of a finished run, in hexadecimal.
///
/// # Errors
/// Return an error if it cannot be read.
pub fn finished_sha256(folder: &Path) -> anyhow::Result<String> {
    hash(&folder.join(FINISHED))
}

fn hash(path: &Path) -> anyhow::Result<String> {
    Ok(sha256(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?))
}
