//! A report on a run that people read: one HTML file without scripts, and all its numbers as JSON.

mod calibration;
mod card;
mod contenders;
mod evidence;
mod gather;
mod measurement;
mod outcome;
mod page;
mod policy;
mod recommended;
mod summary;

pub use gather::{Report, Sources};
pub(crate) use page::document;
pub use policy::policy;

use crate::files::{create_folder, write_atomically};
use anyhow::ensure;
use std::path::{Path, PathBuf};

/// Writes `report` as an HTML file, and beside it under the same name a JSON file; returns their paths.
///
/// # Errors
/// Where the name does not end in `.html`, or a file cannot be written.
pub fn write(report: &Report, html: &Path) -> anyhow::Result<[PathBuf; 2]> {
    check_name(html)?;
    let json = html.with_extension("json");
    if let Some(folder) = html.parent() {
        create_folder(folder)?;
    }
    let name = json.file_name().unwrap_or_default().to_string_lossy();
    write_atomically(&json, &serde_json::to_vec_pretty(report)?)?;
    write_atomically(html, page::page(report, &name).into_string().as_bytes())?;
    Ok([html.into(), json])
}

/// Makes sure that the JSON file beside it has another name.
///
/// # Errors
/// Where the name does not end in `.html`.
pub fn check_name(html: &Path) -> anyhow::Result<()> {
    let is_html = html.extension().is_some_and(|extension| extension == "html");
    ensure!(is_html, "--out {}: expected a name that ends in .html", html.display());
    Ok(())
}
