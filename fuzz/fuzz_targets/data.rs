//! Site folders with a file of any bytes: the body of `trainer/tests/hostile/`.
#![no_main]

#[path = "../../trainer/tests/hostile/site.rs"]
mod site;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use tempfile::TempDir;

fuzz_target!(|data: &[u8]| {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a temporary folder"));
    let Some((&which, content)) = data.split_first() else { return };
    let mut files = site::FILES.map(|(name, content)| (name, content.as_bytes().to_vec()));
    files[usize::from(which) % site::FILES.len()].1 = content.to_vec();
    site::read_or_refuse(folder.path(), &files);
});
