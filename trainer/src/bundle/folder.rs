//! Reads and writes the folder of a bundle.

use super::prove::prove;
use super::seal::{check_sealed, is_sealed, seal};
use crate::files::{create_folder, remove_temporary, write_atomically};
use crate::terminal::note;
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

/// Write the bundle's files into `folder`, keep up to `kept` of the bundles that were there before, and remove the others. The
/// new files are read back, and their model is adapted to a few answers. Only then is the manifest written, so that readers find
/// a whole bundle at any time, and the former one until the new one is proven.
///
/// # Errors
/// Return an error if the folder holds other files, the bundle is not sound, or a file cannot be written. The folder then holds
/// what it held before.
pub fn write(
    bundle: &Bundle,
    items: &[Item],
    precision: Precision,
    folder: &Path,
    kept: usize,
) -> anyhow::Result<Written> {
    create_folder(folder)?;
    remove_temporary(folder)?;
    let before = names(folder)?;
    let strange = |name: &&String| *name != MANIFEST && !is_bundle_file(name) && !name.starts_with('.');
    if let Some(name) = before.iter().find(strange) {
        bail!("{} holds {name}, which is no part of a bundle: name another folder", folder.display());
    }
    let mut files = bundle.write(items, precision);
    if !bundle.about.made.is_empty() {
        files[2].1 = seal(&files[2].1)?;
    }
    let [others @ .., (_, manifest)] = &files;
    let write = || {
        for (name, bytes) in others {
            write_atomically(&folder.join(name), bytes)?;
        }
        let stored = read_beside(folder, manifest)?;
        keep_former(folder, manifest, kept)?;
        write_atomically(&folder.join(MANIFEST), manifest)?;
        anyhow::Ok(stored)
    };
    let stored = write().inspect_err(|_| {
        // The first error is the one to report.
        let new = others.iter().filter(|(name, _)| !before.contains(name));
        new.for_each(|(name, _)| drop(std::fs::remove_file(folder.join(name))));
    })?;
    remove_unused(folder)?;
    Ok(Written { bundle: stored, files: files.into_iter().map(|(name, bytes)| (name, bytes.len())).collect() })
}

/// Return the name of the manifest of the `back`th bundle before the current one, from 1.
fn former(back: usize) -> String {
    format!("manifest.former-{back}.json")
}

/// Return whether a file holds the manifest of a former bundle.
fn is_former(name: &str) -> bool {
    let back = name.strip_prefix("manifest.former-").and_then(|rest| rest.strip_suffix(".json"));
    back.is_some_and(|back| back.parse().is_ok_and(|back: usize| former(back) == name))
}

/// Keep the manifests of up to `kept` former bundles: the current one, unless it is `new`, and those kept before. One of an older
/// trainer, without a hash of itself, is kept too, as pages may still read its files. One that is not sound is dropped, with a note.
fn keep_former(folder: &Path, new: &[u8], kept: usize) -> anyhow::Result<()> {
    let current = folder.join(MANIFEST);
    let mut manifests: Vec<Vec<u8>> = Vec::new();
    if current.is_file() {
        manifests.push(read_file(folder, MANIFEST)?);
    }
    for back in 1.. {
        let path = folder.join(former(back));
        if !path.exists() {
            break;
        }
        manifests.push(read_file(folder, &former(back))?);
    }
    let is_sound = |manifest: &[u8]| {
        let read = if is_sealed(manifest) { read_beside } else { read_unsealed };
        let dropped = |error| note(&format!("a former bundle is dropped: {error:#}"));
        read(folder, manifest).map_err(dropped).is_ok()
    };
    manifests.retain(|manifest| manifest != new && is_sound(manifest));
    manifests.truncate(kept);
    for (manifest, back) in manifests.iter().zip(1..) {
        write_atomically(&folder.join(former(back)), manifest)?;
    }
    for back in manifests.len() + 1.. {
        let path = folder.join(former(back));
        if !path.exists() {
            return Ok(());
        }
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Remove weights and catalogues that belong neither to the current bundle nor to a former one that is kept.
fn remove_unused(folder: &Path) -> anyhow::Result<()> {
    let names = names(folder)?;
    let mut used = files(folder)?;
    for name in names.iter().filter(|name| is_former(name)) {
        used.extend(files_of(folder, name)?);
    }
    for name in names.iter().filter(|name| is_bundle_file(name) && !is_former(name) && !used.contains(name)) {
        std::fs::remove_file(folder.join(name)).with_context(|| format!("cannot remove the former {name}"))?;
    }
    Ok(())
}

/// Make the bundle before the current one the current one again, which is kept in its place: a second call undoes the first.
/// Return the reader's view of the bundle that is current then.
///
/// # Errors
/// Return an error if no bundle was kept, it is not sound, or a file cannot be written.
pub fn roll_back(folder: &Path) -> anyhow::Result<Bundle> {
    let current = read_file(folder, MANIFEST)?;
    let path = folder.join(former(1));
    if !path.exists() {
        bail!("{} keeps no former bundle: `trainer export` keeps some with --keep", folder.display());
    }
    let manifest = read_file(folder, &former(1))?;
    let bundle = read_beside(folder, &manifest)?;
    write_atomically(&folder.join(MANIFEST), &manifest)?;
    write_atomically(&path, &current)?;
    Ok(bundle)
}

/// Return the names of the files of the bundle in `folder`.
///
/// # Errors
/// Return an error if there is none.
pub fn files(folder: &Path) -> anyhow::Result<Vec<String>> {
    files_of(folder, MANIFEST)
}

/// Return the names of a manifest and of the files that it names.
fn files_of(folder: &Path, manifest: &str) -> anyhow::Result<Vec<String>> {
    let named = Manifest::parse(&read_file(folder, manifest)?, json::parse).with_context(|| unsound(folder))?;
    Ok(vec![manifest.to_owned(), named.weights.file, named.catalogue.file])
}

/// Return the names of what is in `folder`.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn is_bundle_file(name: &str) -> bool {
    (name.starts_with("weights-") && name.ends_with(".safetensors"))
        || (name.starts_with("catalogue-") && name.ends_with(".json"))
        || is_former(name)
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
    // The bundle in a run's folder, which does not say how it was made, is among the files of `finished.json`.
    if !named.about.made.is_empty() {
        check_sealed(manifest).with_context(|| unsound(folder))?;
    }
    read_unsealed(folder, manifest)
}

/// As [`read_beside`], whether the manifest is sealed or not.
fn read_unsealed(folder: &Path, manifest: &[u8]) -> anyhow::Result<Bundle> {
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
