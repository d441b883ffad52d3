//! Reads and writes the folder of a bundle.

use super::prove::prove;
use crate::files::{create_folder, remove_temporary, write_atomically};
use anyhow::{Context, bail};
use fewclicks_model::bundle::{Bundle, Item, MANIFEST, Manifest, Precision};
use fewclicks_model::compact::json;
use std::path::Path;

/// A bundle that was written, as it is read back.
#[derive(Debug)]
pub struct Written {
    /// The bundle, with its numbers as they are stored.
    pub bundle: Bundle,
    /// Names and sizes of its files.
    pub files: Vec<(String, usize)>,
}

/// Write the bundle's files into `folder`, and remove those of a bundle that was there. The new files are read back, and their
/// model is adapted to a few answers. Only then is the manifest written, so that readers find a whole bundle at any time, and the
/// former one until the new one is proven.
///
/// # Errors
/// Return an error if the folder holds other files, the bundle is not sound, or a file cannot be written. The folder then holds
/// what it held before.
pub fn write(bundle: &Bundle, items: &[Item], precision: Precision, folder: &Path) -> anyhow::Result<Written> {
    create_folder(folder)?;
    remove_temporary(folder)?;
    let before = names(folder)?;
    let strange = |name: &&String| *name != MANIFEST && !is_bundle_file(name) && !name.starts_with('.');
    if let Some(name) = before.iter().find(strange) {
        bail!("{} holds {name}, which is no part of a bundle: name another folder", folder.display());
    }
    let files = bundle.write(items, precision);
    let [others @ .., (_, manifest)] = &files;
    let write = || {
        for (name, bytes) in others {
            write_atomically(&folder.join(name), bytes)?;
        }
        let stored = read_beside(folder, manifest)?;
        write_atomically(&folder.join(MANIFEST), manifest)?;
        anyhow::Ok(stored)
    };
    let stored = write().inspect_err(|_| {
        // The first error is the one to report.
        let new = others.iter().filter(|(name, _)| !before.contains(name));
        new.for_each(|(name, _)| drop(std::fs::remove_file(folder.join(name))));
    })?;
    for name in names(folder)? {
        if is_bundle_file(&name) && files.iter().all(|(kept, _)| *kept != name) {
            std::fs::remove_file(folder.join(&name)).with_context(|| format!("cannot remove the former {name}"))?;
        }
    }
    Ok(Written { bundle: stored, files: files.into_iter().map(|(name, bytes)| (name, bytes.len())).collect() })
}

/// Return the names of what is in `folder`.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn is_bundle_file(name: &str) -> bool {
    (name.starts_with("weights-") && name.ends_with(".safetensors"))
        || (name.starts_with("catalogue-") && name.ends_with(".json"))
}

fn unsound(folder: &Path) -> String {
    format!("the bundle in {} is not sound", folder.display())
}

/// Read the bundle in `folder`, and check that it serves a session.
///
/// # Errors
/// Return an error that names the file, the field and the rule that is violated.
pub fn read(folder: &Path) -> anyhow::Result<Bundle> {
    read_beside(folder, &read_file(folder, MANIFEST)?)
}

/// Read the bundle with this manifest, whose other files are in `folder`.
fn read_beside(folder: &Path, manifest: &[u8]) -> anyhow::Result<Bundle> {
    let named = Manifest::parse(manifest, json::parse).with_context(|| unsound(folder))?;
    let [weights, catalogue] = [&named.weights, &named.catalogue].map(|entry| read_file(folder, &entry.file));
    let bundle = Bundle::read(manifest, &weights?, &catalogue?).with_context(|| unsound(folder))?;
    prove(&bundle.model, bundle.user_vocabularies.len()).with_context(|| unsound(folder))?;
    Ok(bundle)
}

fn read_file(folder: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path)
        .with_context(|| format!("cannot read {}: expected a folder that `trainer export` wrote", path.display()))
}
