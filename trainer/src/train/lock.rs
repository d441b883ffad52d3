//! Locks a run's folder for one training.

use anyhow::{Context, bail};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// File that is locked; it stays when the lock is released.
pub const LOCK: &str = ".lock";

/// Lock `folder` until the file is closed, also by a kill.
///
/// # Errors
/// Return an error if another training holds the lock, or the file cannot be locked.
pub fn lock(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join(LOCK);
    let cannot = || format!("cannot lock {}", path.display());
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).with_context(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another training is writing to {}: wait until it has ended, or name another folder with --out",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
    }
}
