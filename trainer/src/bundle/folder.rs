//! Reads and writes the folder of a bundle.

use crate::files::{create_folder, write_atomically};
use anyhow::{Context, ensure};
use fewclicks_model::bundle::{Bundle, Item, MANIFEST, Manifest, Precision};
use fewclicks_model::compact::json;
use std::path::Path;

/// Write the bundle's files into `folder`, and remove those of a bundle that was there. The manifest is written last,
/// so that readers always find a whole bundle.
///
/// # Errors
/// Return an error if the folder holds other files, or a file cannot be written.
pub fn write(
    bundle: &Bundle,
    items: &[Item],
    precision: Precision,
    folder: &Path,
) -> anyhow::Result<Vec<(String, usize)>> {
    create_folder(folder)?;
    let files = bundle.write(items, precision);
    let listing = || std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()));
    let strange = |name: &str| name != MANIFEST && !is_bundle_file(name) && !name.starts_with('.');
    for entry in listing()? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        ensure!(
            !strange(&name),
            "{} holds {name}, which is no part of a bundle: name another folder",
            folder.display()
        );
    }
    for (name, bytes) in &files {
        write_atomically(&folder.join(name), bytes)?;
    }
    for entry in listing()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_bundle_file(&name) && files.iter().all(|(kept, _)| *kept != name) {
            std::fs::remove_file(folder.join(&name)).with_context(|| format!("cannot remove the former {name}"))?;
        }
    }
    Ok(files.into_iter().map(|(name, bytes)| (name, bytes.len())).collect())
}

fn is_bundle_file(name: &str) -> bool {
    (name.starts_with("weights-") && name.ends_with(".safetensors"))
        || (name.starts_with("catalogue-") && name.ends_with(".json"))
}

/// Read the bundle in `folder`.
///
/// # Errors
/// Return an error that names the file, the field and the rule that is violated.
pub fn read(folder: &Path) -> anyhow::Result<Bundle> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path)
            .with_context(|| format!("cannot read {}: expected a folder that `trainer export` wrote", path.display()))
    };
    let manifest = read(MANIFEST)?;
    let sound = || format!("the bundle in {} is not sound", folder.display());
    let named = Manifest::parse(&manifest, json::parse).with_context(sound)?;
    Bundle::read(&manifest, &read(&named.weights.file)?, &read(&named.catalogue.file)?).with_context(sound)
}
