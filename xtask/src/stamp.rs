//! What a step was last made from, kept in a file, so that the same work is not done twice.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Collects what a result depends on.
#[derive(Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    /// The bytes of a file.
    pub fn file(mut self, path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        Ok(self)
    }

    /// Names, sizes and modification times of the files in a folder: data can be too large to read each time.
    pub fn listing(mut self, folder: &Path) -> Result<Self> {
        let context = || format!("cannot list {}", folder.display());
        let mut entries =
            fs::read_dir(folder).with_context(context)?.collect::<io::Result<Vec<_>>>().with_context(context)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let about = fs::metadata(entry.path()).with_context(context)?;
            let modified = about.modified().with_context(context)?;
            self = self.text(&format!("{:?} {} {modified:?}", entry.file_name(), about.len()));
        }
        Ok(self)
    }

    pub fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One remembered line of text.
pub struct Stamp(PathBuf);

impl Stamp {
    /// The stamp `kind` of the file or folder `of`.
    pub fn new(workspace: &Workspace, kind: &str, of: &Path) -> Self {
        let of = Fingerprint::default().text(&of.to_string_lossy()).hex();
        Self(workspace.target.join(format!("xtask/{kind}-{}", &of[..16])))
    }

    pub fn holds(&self, text: &str) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|held| held == text)
    }

    pub fn write(&self, text: &str) -> Result<()> {
        let folder = self.0.parent().context("a stamp has a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.0, text))
            .with_context(|| format!("cannot write {}", self.0.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Proves that a fingerprint sees a changed byte, a renamed file and moved borders between texts.
    #[test]
    fn a_fingerprint_sees_every_change() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&first, "1").unwrap();
        let file = || Fingerprint::default().file(&first).unwrap().hex();
        let listing = || Fingerprint::default().listing(folder.path()).unwrap().hex();
        let (file_before, listing_before) = (file(), listing());
        assert_eq!(file_before, file());
        assert_eq!(listing_before, listing());

        fs::write(&first, "2").unwrap();
        assert_ne!(file_before, file());
        fs::rename(&first, &second).unwrap();
        assert_ne!(listing_before, listing());
        let texts = |a, b| Fingerprint::default().text(a).text(b).hex();
        assert_ne!(texts("ab", "c"), texts("a", "bc"));
    }
}
