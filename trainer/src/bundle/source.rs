//! Stores which data a bundle was made from.

use crate::files::write_atomically;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The source of a bundle. It is stored beside the bundle's folder, in a hidden file, so that a site does not publish
/// it.
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

    /// Write the source of the bundle in `folder`.
    ///
    /// # Errors
    /// Return an error if the file cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        write_atomically(&Self::path(folder)?, toml::to_string(self)?.as_bytes())
    }

    /// Read the source of the bundle in `folder`; `None` if there is none.
    ///
    /// # Errors
    /// Return an error if the file is not valid.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let path = Self::path(folder)?;
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(toml::from_str(&text).with_context(|| path.display().to_string())?)),
            Err(_) => Ok(None),
        }
    }
}
