//! The tables of a site's folder: CSV, JSON lines and Parquet, compressed or not, in one file or several. All are read as rows
//! of the same form.

mod csv;
mod files;
mod format;
mod guess;
mod json;
mod lines;
mod open;
mod parquet;
mod parquet_cells;
mod record;
mod rows;

pub(super) use files::{Kind, TableFile, file_name, find};
pub(super) use format::Format;
pub(super) use record::{ELEMENT, Record};
pub(super) use rows::{Places, Rows, Wanted};
