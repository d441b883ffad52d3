//! What a report may load: nothing, and its own style is the only one that counts, should a title ever smuggle one in.

use super::page::STYLE;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The content security policy of a report, for its head and for whoever serves it.
pub fn policy() -> String {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'")
}
