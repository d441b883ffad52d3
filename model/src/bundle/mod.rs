//! The bundle that is shipped to the browser: a manifest, the weights and the catalogue. It is untrusted when it is read.
//!
//! Reading checks everything: sizes and hashes, names, shapes and ranges, finite numbers. An error names the file, the
//! field, what was found and what was expected ([`BundleError`]).

mod catalogue;
pub(crate) mod entries;
mod error;
mod files;
mod halves;
mod item;
mod manifest;
mod network;
mod read_tensors;
mod reader;
mod shared;
mod tensors;
mod write_tensors;

pub use catalogue::Catalogue;
pub use error::{BundleError, BundleErrorKind};
pub use files::{Bundle, Files};
pub use halves::{AskingEntry, ChoiceEntry, HalvesEntry, StarsEntry};
pub use item::Item;
pub use manifest::{About, FORMAT, FileEntry, MANIFEST, Manifest, ModelEntry, sha256};
pub use network::NetworkEntry;
pub use reader::{BundleFile, BundleReader};
pub use write_tensors::Precision;
