//! The bundle: what is shipped to the browser. Everything in it is untrusted when it is read.

mod catalogue;
mod error;
mod files;
mod item;
mod manifest;
mod read_model;
mod read_weights;
mod reader;
mod tensors;
mod write_weights;

pub use catalogue::Catalogue;
pub use error::{BundleError, BundleErrorKind};
pub use files::{Bundle, Files};
pub use item::Item;
pub use manifest::{About, FORMAT, FileEntry, MANIFEST, Manifest, sha256};
pub use reader::{BundleFile, BundleReader};
pub use write_weights::Precision;
