//! Writes files atomically.

use anyhow::Context;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Prefix of the names of temporary files; the name of the file that is written follows, and six random characters.
const TEMPORARY: &str = ".tmp-";

/// Number of the random characters.
const RANDOM: usize = 6;

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
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        fail_point::reach("begin");
        let prefix = format!("{TEMPORARY}{}-", path.file_name().unwrap_or_default().to_string_lossy());
        // What cannot be removed is in nobody's way.
        let _ = remove_files(folder, |name| name.strip_prefix(&prefix).is_some_and(|random| random.len() == RANDOM));
        let mut file = tempfile::Builder::new().prefix(&prefix).rand_bytes(RANDOM).tempfile_in(folder)?;
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        fail_point::reach("half");
        file.write_all(second)?;
        file.as_file().sync_all()?;
        // Temporary files are private, but these are read by others, such as a web server.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
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
    remove_files(folder, |name| name.starts_with(TEMPORARY))
        .with_context(|| format!("cannot remove temporary files in {}", folder.display()))
}

/// Remove the files in `folder` whose names `are_removed`.
fn remove_files(folder: &Path, are_removed: impl Fn(&str) -> bool) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&are_removed) && entry.file_type()?.is_file() {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
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
