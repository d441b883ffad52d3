//! From a run to a bundle.

use crate::data::{Column, Dataset};
use crate::encode::Encoded;
use crate::evidence::shipped;
use crate::files::{create_folder, write_atomically};
use crate::measure::evaluate::{MODEL, Measured};
use crate::train::run::{Loaded, Run};
use anyhow::{Context, ensure};
use fewclicks_model::bundle::{About, Bundle, Catalogue, Item, MANIFEST, Precision};
use fewclicks_model::compact::entries::Entries;
use fewclicks_model::model::Model;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The bundle of a run's model; `measured` are its figures.
///
/// # Errors
/// Where the catalogue makes the model too large.
pub fn bundle(run: &Run, loaded: &Loaded, model: &Model, measured: Option<&Measured>) -> anyhow::Result<Bundle> {
    let Loaded { data, encoded, .. } = loaded;
    let (folded, items) = model.fold(&encoded.items)?;
    Ok(Bundle {
        about: About {
            name: data.name.clone(),
            notice: data.notice.clone(),
            preset: run.config.preset.name.clone(),
            metrics: measured.map(figures).unwrap_or_default(),
        },
        model: folded.shipped(),
        items,
        user_vocabularies: encoded.user_vocabularies.clone(),
        catalogue: catalogue(data, model, encoded, run.config.seed)?,
    })
}

/// What was measured of the model itself, by name.
pub fn figures(measured: &Measured) -> Entries<f64> {
    let answers = |answers: Option<usize>| answers.map_or("all".into(), |n| n.to_string());
    match measured {
        Measured::Ratings(rows) => (rows.iter().filter(|row| row.contender == MODEL))
            .map(|row| (format!("held-out MAE after {} answers", answers(row.answers)), row.metrics.mae))
            .collect(),
        Measured::Picks(rows) => (rows.iter())
            .map(|row| (format!("held-out nDCG@10 after {} picks", answers(row.answers)), row.metrics.ndcg10))
            .collect(),
    }
}

fn catalogue(data: &Dataset, model: &Model, encoded: &Encoded, seed: u64) -> anyhow::Result<Catalogue> {
    let known = |column: &&Column, row: usize| !column.values[row].is_empty();
    let item = |row: usize| Item {
        id: data.items.ids[row].clone(),
        title: data.items.titles[row].clone(),
        fields: (data.items.columns.iter())
            .filter(|column| known(column, row))
            .map(|column| (column.name.clone(), column.values[row].clone()))
            .collect(),
    };
    let items: Vec<Item> = (0..data.items.ids.len()).map(item).collect();
    Ok(Catalogue::new(&items, &shipped(model, encoded, seed)?)?)
}

/// Writes the bundle's files into `folder` and removes those of the bundle that was there: the manifest changes last,
/// so that no reader meets half a bundle.
///
/// # Errors
/// Where the folder holds something else, or a file cannot be written.
pub fn write(bundle: &Bundle, precision: Precision, folder: &Path) -> anyhow::Result<Vec<(String, usize)>> {
    create_folder(folder)?;
    let files = bundle.write(precision);
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

/// Where a bundle came from. It stands *beside* the bundle's folder, not in it, under a name with a dot, which web
/// servers keep to themselves: a site does not publish it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of an embedded data set, or the data's folder: `trainer predict` looks users up there.
    pub data: String,
}

impl Source {
    fn path(bundle: &Path) -> anyhow::Result<PathBuf> {
        let folder = std::path::absolute(bundle)?;
        let name = folder.file_name().with_context(|| format!("{} has no name", bundle.display()))?;
        Ok(folder.with_file_name(format!(".{}.source.toml", name.to_string_lossy())))
    }

    /// Notes the source of the bundle in `folder`.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        write_atomically(&Self::path(folder)?, toml::to_string(self)?.as_bytes())
    }

    /// The source of the bundle in `folder`, if it was noted.
    ///
    /// # Errors
    /// Where the note cannot be understood.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = Self::path(folder)?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(toml::from_str(&text).with_context(|| path.display().to_string())?)),
            Err(_) => Ok(None),
        }
    }
}
