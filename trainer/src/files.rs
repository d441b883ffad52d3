//! Writes files atomically.

use anyhow::Context;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tempfile::NamedTempFile;

/// Prefix of the names of temporary files; the name of the file that is written follows, and six random characters.
const TEMPORARY: &str = ".tmp-";

/// Prefix of the names that former versions gave to temporary files; six random characters follow.
const FORMER: &str = ".tmp";

/// Number of the random characters.
const RANDOM: usize = 6;

/// A temporary file that cannot be locked is taken for one that a killed process left when it has not changed for so long.
const MIN_AGE: Duration = Duration::from_secs(600);

/// Held while a file is written.
static WRITING: Mutex<()> = Mutex::new(());

/// Wait until no file is being written, and let none be written while the guard lives.
pub fn hold_writes() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Write `bytes` to a temporary file beside `path` and rename it: readers find the old file or the new one, also after
/// an interruption. Temporary files that a killed process left of the same `path` are removed.
///
/// # Errors
/// Return an error that names the path.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write(path, bytes, None)
}

/// As [`write_atomically`]; the file that was there is renamed to `former`.
///
/// # Errors
/// Return an error that names the path.
pub fn write_and_keep_former(path: &Path, bytes: &[u8], former: &Path) -> anyhow::Result<()> {
    write(path, bytes, Some(former))
}

fn write(path: &Path, bytes: &[u8], former: Option<&Path>) -> anyhow::Result<()> {
    let _writing = hold_writes();
    let write = || {
        fail_point::reach("begin");
        let mut file = create_temporary(path)?;
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        fail_point::reach("half");
        file.write_all(second)?;
        finish_temporary(file.as_file())?;
        fail_point::reach("written");
        if let Some(former) = former.filter(|_| path.exists()) {
            std::fs::rename(path, former)?;
            fail_point::reach("kept");
        }
        file.persist(path)?;
        fail_point::reach("renamed");
        anyhow::Ok(())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Create a temporary file beside `path`, which is to be renamed to it, and lock it while it is open. Those that killed processes left
/// of the same `path` are removed.
///
/// # Errors
/// Return an error if it cannot be created.
pub fn create_temporary(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = format!("{TEMPORARY}{}-", path.file_name().unwrap_or_default().to_string_lossy());
    // What cannot be removed is in nobody's way.
    let _ = remove_files(folder, |name| name.strip_prefix(&prefix).is_some_and(is_random));
    let file = tempfile::Builder::new().prefix(&prefix).rand_bytes(RANDOM).tempfile_in(folder)?;
    // Where files cannot be locked, their age tells that they are in use.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Store a temporary file that is written, and let others read it, such as a web server.
///
/// # Errors
/// Return an error if it cannot be stored.
pub fn finish_temporary(file: &File) -> io::Result<()> {
    file.sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}

/// Create a folder and its parents.
///
/// # Errors
/// Return an error that names the path.
pub fn create_folder(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path).with_context(|| format!("cannot create the folder {}", path.display()))
}

/// Remove the temporary files that a killed process left in `folder`.
///
/// # Errors
/// Return an error if the folder cannot be listed, or a file cannot be removed.
pub fn remove_temporary(folder: &Path) -> anyhow::Result<()> {
    remove_files(folder, |name| is_temporary(name) || is_of_former(name))
        .with_context(|| format!("cannot remove temporary files in {}", folder.display()))
}

fn is_random(characters: &str) -> bool {
    characters.len() == RANDOM && characters.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_temporary(name: &str) -> bool {
    let parts = name.strip_prefix(TEMPORARY).and_then(|rest| rest.rsplit_once('-'));
    parts.is_some_and(|(name, random)| !name.is_empty() && is_random(random))
}

/// Return whether a file has a name that a former version gave to temporary files, as other programs do too.
fn is_of_former(name: &str) -> bool {
    name.strip_prefix(FORMER).is_some_and(is_random)
}

/// Remove the files in `folder` whose names `are_removed`, but for those that a process is writing.
fn remove_files(folder: &Path, are_removed: impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| are_removed(name)) else { continue };
        if entry.file_type()?.is_file() && is_left(&entry.path(), is_of_former(name)) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Return whether a temporary file was left by a process that has ended: nobody locks it. Files that are not locked while they are
/// written are judged by their age.
fn is_left(path: &Path, is_never_locked: bool) -> bool {
    let Ok(file) = File::options().write(true).open(path) else { return false };
    let is_old = || {
        let changed = file.metadata().and_then(|metadata| metadata.modified());
        changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age >= MIN_AGE))
    };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        Ok(()) if !is_never_locked => true,
        Ok(()) | Err(TryLockError::Error(_)) => is_old(),
    }
}

/// Ends the process where a test wants it to be killed: `TRAINER_KILL_AT=3:half` ends it when half of its third file is written.
/// Builds with debug assertions only.
mod fail_point {
    #[cfg(debug_assertions)]
    pub fn reach(stage: &str) {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let file = FILES.fetch_add(usize::from(stage == "begin"), Ordering::SeqCst);
        let file = if stage == "begin" { file + 1 } else { file };
        if std::env::var("TRAINER_KILL_AT").is_ok_and(|at| at == format!("{file}:{stage}")) {
            std::process::abort();
        }
    }

    #[cfg(not(debug_assertions))]
    pub fn reach(_: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    /// Proves that cleaning removes what ended processes left, and neither a file that is being written nor one of another program.
    #[test]
    fn only_what_ended_processes_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
        };
        let live = create_temporary(&folder.path().join("weights")).unwrap();
        for name in [".tmp-weights-Ab1cd2", ".tmp-a-b.json-Ab1cd2"] {
            write(name, Duration::ZERO);
        }
        write(".tmpOld1cd", MIN_AGE);
        let kept = [".tmp-notes", ".tmp--Ab1cd2", ".tmp-weights-of-mine", ".tmpNew1cd", ".tmp.json", ".tmpfile.txt"];
        kept.iter().for_each(|name| write(name, if *name == ".tmpNew1cd" { Duration::ZERO } else { MIN_AGE }));
        write_atomically(&folder.path().join("weights"), b"whole").unwrap();
        assert!(live.path().exists() && !folder.path().join(".tmp-weights-Ab1cd2").exists());
        remove_temporary(folder.path()).unwrap();
        assert!(live.path().exists(), "another process writes it");
        let count = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(kept.iter().all(|name| folder.path().join(name).exists()));
        assert_eq!(count, kept.len() + 2, "the files that are kept, the one that is written and the one that is whole");
    }
}
