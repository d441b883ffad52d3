//! Where things are: the sources, and what cargo builds from them.

use anyhow::{Context, Result};
use std::env::{self, consts::EXE_SUFFIX};
use std::path::{Path, PathBuf};

pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// The folder of this executable, and of the pinned wasm tools beside it.
    pub tools: PathBuf,
    /// Cargo's target directory, wherever the environment puts it.
    pub target: PathBuf,
}

impl Workspace {
    pub fn locate() -> Result<Self> {
        let executable = env::current_exe().context("cannot find this executable")?;
        let tools = executable.parent().context("this executable has no folder")?;
        let target = tools.parent().context("this executable is not in a target directory")?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is not in a workspace")?;
        Ok(Self { root: root.into(), tools: tools.into(), target: target.into() })
    }

    /// The release build of the trainer's command line.
    pub fn trainer(&self) -> PathBuf {
        self.target.join(format!("release/trainer{EXE_SUFFIX}"))
    }

    /// `path` as a reader would type it from the workspace's root.
    pub fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
