//! Reports on a run, for people: one HTML file without scripts, and all its numbers as JSON.

mod advice;
mod card;
mod evidence;
mod fairness;
mod gather;
mod measurement;
mod onboarding;
mod quality;
mod recommended;
mod sections;
mod summary;
mod task_set;

pub use gather::{Report, Sources};
pub use summary::{Bar, doubling};

use crate::files::{create_folder, write_atomically};
use crate::page::check_html_name;
use std::path::{Path, PathBuf};

/// Write `report` as an HTML file, and as a JSON file of the same name beside it; return their paths.
///
/// # Errors
/// Return an error if the name does not end in `.html`, or a file cannot be written.
pub fn write(report: &Report, html: &Path) -> anyhow::Result<[PathBuf; 2]> {
    check_html_name(html)?;
    let json = html.with_extension("json");
    if let Some(folder) = html.parent() {
        create_folder(folder)?;
    }
    let name = json.file_name().unwrap_or_default().to_string_lossy();
    write_atomically(&json, &serde_json::to_vec_pretty(report)?)?;
    write_atomically(html, sections::page(report, &name).into_string().as_bytes())?;
    Ok([html.into(), json])
}
